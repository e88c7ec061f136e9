package dev.assay.core.usage;

/** Where token counts come from, the most certain first. */
public enum Provenance {
  /** The provider reported them. */
  REPORTED,
  /** They were counted or computed here. */
  ESTIMATED,
  /** Nobody knows them; the counts are zero and mean nothing. */
  ABSENT;

  /** The less certain of two. */
  public Provenance and(Provenance other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
