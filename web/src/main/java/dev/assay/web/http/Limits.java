package dev.assay.web.http;

import java.time.Duration;

/**
 * What a connection may do at most.
 *
 * @param headBytes the largest head, which is the request line and the headers
 * @param bodyBytes the largest body
 * @param head nanoseconds until the head is whole
 * @param body nanoseconds until the body is whole
 * @param idle nanoseconds between requests
 * @param write nanoseconds that a client may let one write wait
 * @param heartbeat nanoseconds of silence before a stream sends a comment
 * @param watch nanoseconds of work before the connection is watched for the client's leaving
 */
public record Limits(
    int headBytes,
    int bodyBytes,
    long head,
    long body,
    long idle,
    long write,
    long heartbeat,
    long watch) {
  private static final long LINGER = Duration.ofSeconds(2).toNanos();
  private static final Duration SLOWEST = Duration.ofMillis(500);

  /** Nanoseconds that a connection is read on after its last answer, so that it arrives. */
  long linger() {
    return LINGER;
  }

  /** How often connections must be looked at, so that nothing is late by more than a quarter. */
  Duration period() {
    long least = SLOWEST.toNanos();
    for (long limit : new long[] {head, body, idle, write, heartbeat, watch}) {
      least = Math.min(least, limit / 4);
    }
    return Duration.ofNanos(Math.max(least, 1));
  }
}
