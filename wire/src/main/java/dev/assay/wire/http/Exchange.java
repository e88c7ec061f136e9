package dev.assay.wire.http;

import dev.assay.core.model.CancellationReason;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.time.Clock;
import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How long one exchange may still wait, and the one place where it is stopped from outside. The
 * thread of the exchange says when it begins and ends to wait; the watchdog and the canceller stop
 * it by closing its channel. The first reason stays.
 */
final class Exchange {
  private static final long NOT_WAITING = Long.MIN_VALUE;
  private static final long EXPIRED = Long.MIN_VALUE + 1;
  private static final Duration FOREVER = Duration.ofDays(3_650);

  private final Clock clock;
  private final HttpTimeouts timeouts;

  // When the current wait is too long. Whoever changes it from a moment to EXPIRED ends the wait.
  private final AtomicLong limit = new AtomicLong(NOT_WAITING);
  private volatile ErrorCode waitingFor = ErrorCode.CONNECT_TIMEOUT;
  private volatile long deadline;
  private volatile ErrorCode pastDeadline = ErrorCode.DEADLINE_EXCEEDED;
  private volatile boolean contentBegan;
  private volatile boolean sent;

  private @Nullable Channel channel;
  private @Nullable ErrorCode stopped;
  private boolean over;
  private Runnable atEnd = () -> {};

  Exchange(Clock clock, HttpTimeouts timeouts, Instant deadline) {
    this.clock = clock;
    this.timeouts = timeouts;
    this.deadline = clock.nanos() + nanos(between(clock.now(), deadline));
  }

  private static Duration between(Instant now, Instant deadline) {
    return deadline.isAfter(now.plus(FOREVER)) ? FOREVER : Duration.between(now, deadline);
  }

  private static long nanos(Duration duration) {
    return (duration.compareTo(FOREVER) < 0 ? duration : FOREVER).toNanos();
  }

  /** Begins to wait for a connection; {@link #waited} ends it. */
  void waitForConnection() {
    startWait(ErrorCode.CONNECT_TIMEOUT, timeouts.connect());
  }

  /** Begins to wait for the peer to take or to give bytes; {@link #waited} ends it. */
  void waitForPeer(boolean responseBegan) {
    if (responseBegan) {
      startWait(
          ErrorCode.IDLE_TIMEOUT, contentBegan ? timeouts.idle() : timeouts.idleBeforeContent());
    } else {
      startWait(ErrorCode.FIRST_BYTE_TIMEOUT, timeouts.firstByte());
    }
  }

  private void startWait(ErrorCode code, Duration patience) {
    waitingFor = code;
    limit.set(clock.nanos() + nanos(patience));
  }

  /**
   * Ends a wait.
   *
   * @throws IOException when it had become too long before
   */
  void waited() throws IOException {
    if (limit.getAndSet(NOT_WAITING) == EXPIRED) {
      throw new IOException("the wait was too long");
    }
  }

  /** Stops the exchange when a wait is too long or its deadline has passed. */
  void check() {
    long now = clock.nanos();
    if (now - deadline >= 0) {
      stop(pastDeadline);
      return;
    }
    long until = limit.get();
    if (until != NOT_WAITING
        && until != EXPIRED
        && now - until >= 0
        && limit.compareAndSet(until, EXPIRED)) {
      stop(waitingFor);
    }
  }

  /** Takes note that the call is no longer wanted. */
  void cancel(CancellationReason reason) {
    if (reason != CancellationReason.CLIENT_GONE) {
      stop(reason.code());
      return;
    }
    Optional<Duration> patience = timeouts.afterClientGone();
    if (patience.isPresent()) {
      long until = clock.nanos() + nanos(patience.get());
      if (until - deadline < 0) {
        pastDeadline = ErrorCode.CANCELLED;
        deadline = until;
      }
    }
  }

  /** Ends the exchange from outside, unless it is over. */
  void stop(ErrorCode why) {
    Channel open;
    synchronized (this) {
      if (over || stopped != null) {
        return;
      }
      stopped = why;
      open = channel;
    }
    if (open != null) {
      closeQuietly(open);
    }
  }

  /**
   * From now on stopping the exchange closes this channel.
   *
   * @throws IOException when it is stopped already; the channel is then closed
   */
  void attach(Channel channel) throws IOException {
    synchronized (this) {
      if (stopped == null) {
        this.channel = channel;
        return;
      }
    }
    closeQuietly(channel);
    throw new IOException("the exchange was stopped");
  }

  /** Why it was stopped from outside; null when it was not. */
  synchronized @Nullable ErrorCode stopped() {
    return stopped;
  }

  /**
   * Runs something when the exchange is over, at once when it is.
   *
   * @param action must not fail
   */
  void atEnd(Runnable action) {
    synchronized (this) {
      if (!over) {
        atEnd = action;
        return;
      }
    }
    action.run();
  }

  /** The exchange is over; says whether it came here without being stopped. */
  boolean end() {
    Runnable action;
    boolean untouched;
    synchronized (this) {
      action = over ? () -> {} : atEnd;
      over = true;
      channel = null;
      untouched = stopped == null;
    }
    action.run();
    return untouched;
  }

  void contentBegan() {
    contentBegan = true;
  }

  /** Bytes of the request are about to leave. */
  void sending() {
    sent = true;
  }

  boolean sent() {
    return sent;
  }

  static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to be closed.
    }
  }
}
