package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes column values so that no two lists of values give the same bytes: a letter for the type,
 * then eight bytes of a number (big-endian) or four bytes of length and the content.
 *
 * <p>{@code n} nothing, {@code i} {@link Long}, {@code r} {@link Double} (IEEE 754), {@code t}
 * {@link String} in UTF-8, {@code b} {@link Bytes}. Not thread-safe.
 */
public final class ValueWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] buffer;
  private int length;

  /**
   * An empty one.
   *
   * @param capacity how many bytes are likely to be written
   */
  public ValueWriter(int capacity) {
    buffer = new byte[capacity];
  }

  /** Writes a value of one of the types above. */
  public ValueWriter value(@Nullable Object value) {
    switch (value) {
      case null -> raw((byte) 'n');
      case Long number -> number((byte) 'i', number);
      case String text -> counted((byte) 't', text.getBytes(StandardCharsets.UTF_8));
      case Bytes bytes -> bytes(bytes);
      case Double number -> number((byte) 'r', Double.doubleToRawLongBits(number));
      default ->
          throw new IllegalArgumentException("value: " + value.getClass() + " is not a column's");
    }
    return this;
  }

  /** Writes values, one behind the other. */
  public ValueWriter values(@Nullable Object[] values) {
    for (Object value : values) {
      value(value);
    }
    return this;
  }

  /** Writes one byte as it is. */
  ValueWriter raw(byte value) {
    ensure(1);
    buffer[length++] = value;
    return this;
  }

  /** Writes bytes as they are. */
  ValueWriter raw(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return this;
  }

  /** Forgets what was written. */
  ValueWriter reset() {
    length = 0;
    return this;
  }

  /** What was written, valid until the next write. */
  public Bytes written() {
    return Bytes.wrap(buffer, 0, length);
  }

  private void number(byte type, long number) {
    ensure(1 + Long.BYTES);
    buffer[length] = type;
    LONG.set(buffer, length + 1, number);
    length += 1 + Long.BYTES;
  }

  private void bytes(Bytes bytes) {
    ensure(1 + Integer.BYTES + bytes.length());
    head((byte) 'b', bytes.length());
    System.arraycopy(bytes.backingArray(), bytes.arrayOffset(), buffer, length, bytes.length());
    length += bytes.length();
  }

  private void counted(byte type, byte[] content) {
    ensure(1 + Integer.BYTES + content.length);
    head(type, content.length);
    System.arraycopy(content, 0, buffer, length, content.length);
    length += content.length;
  }

  private void head(byte type, int count) {
    buffer[length] = type;
    INT.set(buffer, length + 1, count);
    length += 1 + Integer.BYTES;
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
    }
  }
}
