package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ValueWriter} wrote. Not thread-safe. */
public final class ValueReader {
  private final Bytes source;
  private final ByteBuffer buffer;

  /** A reader from the first byte on. */
  public ValueReader(Bytes source) {
    this.source = source;
    this.buffer = ByteBuffer.wrap(source.backingArray(), source.arrayOffset(), source.length());
  }

  /**
   * The next value.
   *
   * @throws IllegalArgumentException when there is none
   */
  public @Nullable Object value() {
    try {
      return switch (buffer.get()) {
        case 'n' -> null;
        case 'i' -> buffer.getLong();
        case 'r' -> Double.longBitsToDouble(buffer.getLong());
        case 't' -> counted().utf8();
        case 'b' -> counted();
        default -> throw new IllegalArgumentException("value: has an unknown type");
      };
    } catch (BufferUnderflowException cut) {
      throw new IllegalArgumentException("value: is cut off", cut);
    }
  }

  /** Whether everything was read. */
  public boolean atEnd() {
    return !buffer.hasRemaining();
  }

  /** The next values. */
  public @Nullable Object[] values(int count) {
    @Nullable Object[] values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = value();
    }
    return values;
  }

  private Bytes counted() {
    int count = buffer.getInt();
    if (count < 0 || count > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    int start = buffer.position() - source.arrayOffset();
    buffer.position(buffer.position() + count);
    return source.slice(start, start + count);
  }
}
