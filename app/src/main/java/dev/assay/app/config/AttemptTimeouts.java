package dev.assay.app.config;

import java.time.Duration;

/**
 * How long an attempt may take.
 *
 * @param connect until a connection is made
 * @param firstByte until the first byte of the response
 * @param idleFirstContent how long a stream may be silent before its first content
 * @param idle how long a response may be silent after that
 */
public record AttemptTimeouts(
    Duration connect, Duration firstByte, Duration idleFirstContent, Duration idle) {
  /** Checks that all are positive. */
  public AttemptTimeouts {
    for (Duration timeout : new Duration[] {connect, firstByte, idleFirstContent, idle}) {
      if (!timeout.isPositive()) {
        throw new IllegalArgumentException("timeouts: must be positive");
      }
    }
  }
}
