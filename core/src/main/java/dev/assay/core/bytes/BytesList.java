package dev.assay.core.bytes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pieces of bytes in order, copied into few large arrays: many small pieces that live long would
 * cost a collection of garbage more than all that they are made from. Not thread-safe.
 */
public final class BytesList {
  private static final int CHUNK = 8 * 1_024;

  private final List<byte[]> chunks = new ArrayList<>();
  private int[] ends = new int[16];
  private int size;
  private int length;

  /** Adds a copy of a piece; together they may have two GiB. */
  public void add(Bytes piece) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
    }
    int from = 0;
    while (from < piece.length()) {
      int at = length % CHUNK;
      if (at == 0) {
        chunks.add(new byte[CHUNK]);
      }
      int part = Math.min(CHUNK - at, piece.length() - from);
      System.arraycopy(
          piece.backingArray(), piece.arrayOffset() + from, chunks.getLast(), at, part);
      from += part;
      length = Math.addExact(length, part);
    }
    ends[size++] = length;
  }

  /** How many pieces there are. */
  public int size() {
    return size;
  }

  /** How many bytes they have together. */
  public int length() {
    return length;
  }

  /** A copy of the piece at a place, from 0. */
  public Bytes get(int index) {
    byte[] piece = new byte[ends[index] - start(index)];
    copy(start(index), piece, 0, piece.length);
    return Bytes.wrap(piece);
  }

  /** A copy of all of them, with these bytes before, between and behind; empty pieces left out. */
  public Bytes joined(Bytes first, Bytes between, Bytes last) {
    int pieces = 0;
    for (int i = 0; i < size; i++) {
      pieces += start(i) < ends[i] ? 1 : 0;
    }
    int gaps = Math.max(0, pieces - 1) * between.length();
    byte[] all = new byte[first.length() + length + gaps + last.length()];
    int at = put(first, all, 0);
    boolean more = false;
    for (int i = 0; i < size; i++) {
      int piece = ends[i] - start(i);
      if (piece > 0) {
        at = more ? put(between, all, at) : at;
        more = true;
        copy(start(i), all, at, piece);
        at += piece;
      }
    }
    put(last, all, at);
    return Bytes.wrap(all);
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  private static int put(Bytes bytes, byte[] target, int at) {
    System.arraycopy(bytes.backingArray(), bytes.arrayOffset(), target, at, bytes.length());
    return at + bytes.length();
  }

  private void copy(int from, byte[] target, int to, int count) {
    int done = 0;
    while (done < count) {
      int at = (from + done) % CHUNK;
      int part = Math.min(CHUNK - at, count - done);
      System.arraycopy(chunks.get((from + done) / CHUNK), at, target, to + done, part);
      done += part;
    }
  }
}
