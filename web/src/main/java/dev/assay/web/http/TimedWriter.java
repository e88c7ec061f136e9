package dev.assay.web.http;

import dev.assay.core.time.Clock;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** Writes to a socket and says since when the write under way waits for the client. */
final class TimedWriter implements DataWriter {
  private static final long NOT_WRITING = 0;

  private final DataWriter inner;
  private final Clock clock;
  private volatile long since = NOT_WRITING;

  TimedWriter(DataWriter inner, Clock clock) {
    this.inner = inner;
    this.clock = clock;
  }

  /** Whether a write that began that long ago has not come back. */
  boolean stuck(long now, long atMost) {
    long began = since;
    return began != NOT_WRITING && now - began > atMost;
  }

  @Override
  public void write(BufferData... buffers) {
    write(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    since = clock.nanos() | 1;
    try {
      inner.write(buffer);
    } finally {
      since = NOT_WRITING;
    }
  }

  @Override
  public void writeNow(BufferData... buffers) {
    write(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    write(buffer);
  }
}
