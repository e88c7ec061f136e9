package dev.assay.wire.translation;

/** What becomes of something in another format. */
public enum Fate {
  /** It is said there too. */
  KEPT,
  /** It is left out or said less exactly, and the caller is warned. */
  LOST,
  /** The request is refused, because its answer would be another one. */
  REFUSED
}
