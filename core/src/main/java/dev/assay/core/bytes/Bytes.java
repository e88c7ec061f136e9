package dev.assay.core.bytes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * An immutable sequence of bytes, possibly a slice of a larger one.
 *
 * <p>Records hold this type instead of arrays, so that equality is by content and nobody can change
 * what was validated. Thread-safe.
 */
public final class Bytes {
  /** No bytes at all. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /**
   * Takes over the given array without a copy.
   *
   * @param array the content; the caller must not change it afterwards
   */
  public static Bytes wrap(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
  }

  /**
   * Takes over a part of the given array without a copy.
   *
   * @param array the array; the caller must not change the part afterwards
   * @param start first byte, inclusive
   * @param end last byte, exclusive
   * @throws IndexOutOfBoundsException when the part is not inside the array
   */
  public static Bytes wrap(byte[] array, int start, int end) {
    if (start < 0 || end < start || end > array.length) {
      throw new IndexOutOfBoundsException("[" + start + ", " + end + ") of " + array.length);
    }
    return start == end ? EMPTY : new Bytes(array, start, end - start);
  }

  /** The UTF-8 form of a text. */
  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** All the pieces, one behind the other; a single piece that is not empty is given as it is. */
  public static Bytes joined(Bytes... pieces) {
    int length = 0;
    Bytes only = EMPTY;
    for (Bytes piece : pieces) {
      only = length == 0 ? piece : only;
      length = Math.addExact(length, piece.length());
    }
    if (only.length() == length) {
      return only;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (Bytes piece : pieces) {
      System.arraycopy(piece.backingArray(), piece.arrayOffset(), all, at, piece.length());
      at += piece.length();
    }
    return wrap(all);
  }

  /** The number of bytes. */
  public int length() {
    return length;
  }

  /** Whether there is no byte. */
  public boolean isEmpty() {
    return length == 0;
  }

  /**
   * The byte at a place.
   *
   * @throws IndexOutOfBoundsException when the place is not inside
   */
  public byte at(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException(index);
    }
    return array[offset + index];
  }

  /** A part of these bytes, sharing the memory; bounds as in {@link #wrap(byte[], int, int)}. */
  public Bytes slice(int start, int end) {
    if (start < 0 || end < start || end > length) {
      throw new IndexOutOfBoundsException("[" + start + ", " + end + ") of " + length);
    }
    return start == end ? EMPTY : new Bytes(array, offset + start, end - start);
  }

  /**
   * The backing array, for parsers and drivers that take one; it must not be changed. Its used part
   * starts at {@link #arrayOffset()} and has {@link #length()} bytes.
   */
  public byte[] backingArray() {
    return array;
  }

  /** Where these bytes start in {@link #backingArray()}. */
  public int arrayOffset() {
    return offset;
  }

  /** An array of exactly these bytes: the backing array itself when it fits, otherwise a copy. */
  public byte[] toArray() {
    return offset == 0 && length == array.length
        ? array
        : Arrays.copyOfRange(array, offset, offset + length);
  }

  /** These bytes read as UTF-8; malformed parts become replacement characters. */
  public String utf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  /** Writes all bytes to a stream. */
  public void writeTo(OutputStream stream) throws IOException {
    stream.write(array, offset, length);
  }

  /** Feeds all bytes to a digest. */
  public void update(MessageDigest digest) {
    digest.update(array, offset, length);
  }

  @Override
  public boolean equals(Object other) {
    if (other == this) {
      return true;
    }
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** Says the length only: content may be private. */
  @Override
  public String toString() {
    return "Bytes[" + length + "]";
  }
}
