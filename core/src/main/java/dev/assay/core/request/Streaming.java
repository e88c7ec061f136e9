package dev.assay.core.request;

/** How the answer should arrive. */
public enum Streaming {
  /** In one piece. */
  NONE,
  /** As events. */
  EVENTS,
  /** As events, the usage among them. */
  EVENTS_WITH_USAGE;

  /** Whether the answer arrives as events. */
  public boolean events() {
    return this != NONE;
  }
}
