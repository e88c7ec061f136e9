package dev.assay.testkit.upstream;

import java.time.Duration;

/** What happens at a place of a {@link Reply}. */
public sealed interface Happening {
  /** The bytes before are sent on their own. */
  record Split() implements Happening {}

  /** Nothing is sent for a time. */
  record Pause(Duration duration) implements Happening {}

  /** Nothing is sent until the test opens the gate. */
  record Hold(Gate gate) implements Happening {}

  /** Nothing is sent any more, until the client leaves. */
  record Stall() implements Happening {}

  /** The connection is closed in order (FIN): the client reads an end of file. */
  record Close() implements Happening {}

  /** The connection is reset (RST): the client's read fails. */
  record Reset() implements Happening {}
}
