package dev.assay.web.http;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An answer as server-sent events. The head goes out with the first event; while the stream is
 * silent, comments go out instead, because a client that left shows only in a write that fails.
 *
 * <p>Used by the thread that answers, and by heartbeats.
 */
public final class EventChannel {
  private static final Bytes PING = Bytes.utf8(": ping\n\n");

  private final HttpExchange exchange;
  private final Cancellation call;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable OutputStream out;
  private volatile long last;
  private volatile boolean open;

  EventChannel(HttpExchange exchange, Cancellation call) {
    this.exchange = exchange;
    this.call = call;
  }

  /** Whether the head went out, or was tried to. */
  public boolean started() {
    return out != null;
  }

  /**
   * Sends events at once, the head before the first ones.
   *
   * @return false when the client is gone; the call is cancelled then
   */
  public boolean write(Bytes events) {
    lock.lock();
    try {
      if (out == null) {
        out = exchange.openEvents(this);
        // Silence counts from here, not from the clock's zero.
        last = exchange.nanos();
        open = !exchange.clientGone();
      }
      return open && send(out, events);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends the last events and ends the answer as HTTP wants it.
   *
   * @return false when the client is gone
   */
  public boolean finish(Bytes events) {
    boolean sent = write(events);
    lock.lock();
    try {
      if (sent) {
        open = false;
        exchange.commit();
      }
      return sent;
    } catch (RuntimeException e) {
      return gone(e);
    } finally {
      lock.unlock();
    }
  }

  /** Sends the last events and closes the connection in the middle of the answer. */
  public void breakOff(Bytes events) {
    write(events);
    lock.lock();
    try {
      open = false;
      exchange.cutAfterwards();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing was sent for longer than that. */
  boolean silent(long now, long atMost) {
    return open && now - last > atMost;
  }

  /** Sends a comment, unless somebody is writing or the stream is over. */
  boolean heartbeat() {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      OutputStream stream = out;
      return open && stream != null && send(stream, PING);
    } finally {
      lock.unlock();
    }
  }

  private boolean send(OutputStream stream, Bytes events) {
    try {
      events.writeTo(stream);
      stream.flush();
      last = exchange.nanos();
      return true;
    } catch (IOException | RuntimeException e) {
      return gone(e);
    }
  }

  private boolean gone(Exception e) {
    if (!Broken.connection(e) && e instanceof RuntimeException defect) {
      throw defect;
    }
    open = false;
    exchange.cutAfterwards();
    call.cancel(CancellationReason.CLIENT_GONE);
    return false;
  }
}
