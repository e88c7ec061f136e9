package dev.assay.wire.format;

/** How the responses of an API are read, streamed ones too. Immutable and thread-safe. */
public interface UpstreamFormat extends BodyFormat {
  /** A reader of a stream that has not begun. */
  EventReader events();
}
