package dev.assay.wire.sse;

import java.io.InputStream;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/** Bytes that arrive in pieces. */
final class Pieces extends InputStream {
  private final byte[] bytes;
  private final IntSupplier sizes;
  private int at;

  private Pieces(byte[] bytes, IntSupplier sizes) {
    this.bytes = bytes;
    this.sizes = sizes;
  }

  /** Byte by byte. */
  Pieces(byte[] bytes) {
    this(bytes, () -> 1);
  }

  /** In pieces of random length. */
  Pieces(byte[] bytes, RandomGenerator random) {
    this(bytes, () -> 1 + random.nextInt(1_500));
  }

  /** In two pieces. */
  Pieces(byte[] bytes, int split) {
    this(bytes, new TwoSizes(split, bytes.length - split));
  }

  @Override
  public int read() {
    throw new AssertionError("byte by byte is slow");
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (at == bytes.length) {
      return -1;
    }
    int count = Math.min(Math.min(Math.max(1, sizes.getAsInt()), length), bytes.length - at);
    System.arraycopy(bytes, at, target, offset, count);
    at += count;
    return count;
  }

  private static final class TwoSizes implements IntSupplier {
    private final int first;
    private final int second;
    private boolean given;

    TwoSizes(int first, int second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public int getAsInt() {
      boolean begin = !given;
      given = true;
      return begin ? first : second;
    }
  }
}
