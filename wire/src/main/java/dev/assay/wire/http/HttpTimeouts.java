package dev.assay.wire.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How long an exchange waits, beside its deadline.
 *
 * @param connect for a connection, TLS included
 * @param firstByte for the first byte of the response, counted from the last byte sent
 * @param idleBeforeContent between bytes of the response, until {@link HttpResponse#contentBegan}
 * @param idle between bytes of the response from then on
 * @param afterClientGone how long the response is still read when the client has gone; absent is to
 *     its end
 */
public record HttpTimeouts(
    Duration connect,
    Duration firstByte,
    Duration idleBeforeContent,
    Duration idle,
    Optional<Duration> afterClientGone) {
  /** The defaults for an answer in one piece: it is read to its end even for a client that left. */
  public static final HttpTimeouts WHOLE =
      new HttpTimeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(300),
          Duration.ofSeconds(300),
          Duration.ofSeconds(60),
          Optional.empty());

  /** The defaults for a stream: it is read on for 30 seconds for a client that left. */
  public static final HttpTimeouts STREAM =
      new HttpTimeouts(
          WHOLE.connect,
          WHOLE.firstByte,
          WHOLE.idleBeforeContent,
          WHOLE.idle,
          Optional.of(Duration.ofSeconds(30)));

  /** Checks that all are positive. */
  public HttpTimeouts {
    requirePositive("connect", connect);
    requirePositive("firstByte", firstByte);
    requirePositive("idleBeforeContent", idleBeforeContent);
    requirePositive("idle", idle);
    afterClientGone.ifPresent(time -> requirePositive("afterClientGone", time));
  }

  private static void requirePositive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + ": must be positive");
    }
  }
}
