package dev.assay.ledger.write;

import dev.assay.core.bytes.Bytes;
import dev.assay.ledger.file.LedgerHome;
import dev.assay.ledger.record.Entry;
import dev.assay.ledger.record.EntryCodec;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * Where records wait that the database did not take. Appending flushes to the disk. Its first part
 * is filled with zeros when it is made, so that there is room in it even when the disk is full.
 *
 * <p>Format: {@code ASSAYSP1}, four random bytes, then for each record its length (4 bytes), a sum
 * (4 bytes) and its bytes; numbers are big-endian. The sum is CRC-32C over the sum before it (for
 * the first, the random bytes) and the record. The file ends where the length is zero or the sum is
 * wrong: so does what was being written in a crash, and what is left of records that were there
 * before the random bytes were changed. Used by one thread at a time.
 */
final class SpillFile implements AutoCloseable {
  private static final long MAGIC = 0x4153_5341_5953_5031L;
  private static final int HEADER = Long.BYTES + Integer.BYTES;
  private static final int FRAME = 2 * Integer.BYTES;
  private static final int CHUNK = 1 << 20;

  private final FileChannel channel;
  private final long reserve;
  private Mark begin = new Mark(HEADER, 0);
  private Mark read = begin;
  private Mark end = begin;
  private final AtomicLong records = new AtomicLong();

  /** A place between two records, and the sum of the one before it. */
  private record Mark(long offset, int sum) {}

  private SpillFile(FileChannel channel, long reserve) {
    this.channel = channel;
    this.reserve = Math.max(reserve, HEADER);
  }

  /**
   * Opens or makes the file, and finds the records in it.
   *
   * @param reserve how many bytes are kept ready
   */
  static SpillFile open(Path path, long reserve) throws IOException {
    LedgerHome.own(path);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    SpillFile file = new SpillFile(channel, reserve);
    try {
      boolean known = file.scan();
      if (!known || (file.isEmpty() && channel.size() < reserve)) {
        file.clear();
      }
      return file;
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  /** Whether no record waits in it. */
  boolean isEmpty() {
    return records.get() == 0;
  }

  /** How many records wait in it. */
  long records() {
    return records.get();
  }

  /** Appends records; they are on disk when this returns. When it fails, none is in the file. */
  void append(List<Entry> entries) throws IOException {
    Mark at = end;
    for (Entry entry : entries) {
      Bytes bytes = EntryCodec.write(entry);
      int sum = sum(at.sum(), bytes);
      ByteBuffer frame = ByteBuffer.allocate(FRAME + bytes.length());
      frame.putInt(bytes.length()).putInt(sum);
      frame.put(bytes.backingArray(), bytes.arrayOffset(), bytes.length()).flip();
      write(frame, at.offset());
      at = new Mark(at.offset() + FRAME + bytes.length(), sum);
    }
    channel.force(false);
    end = at;
    records.addAndGet(entries.size());
  }

  /** Whether every record has been read. */
  boolean allRead() {
    return read.offset() == end.offset();
  }

  /** Reads the next records, in order. */
  List<Entry> next(int most) throws IOException {
    List<Entry> entries = new ArrayList<>();
    while (entries.size() < most && !allRead()) {
      ByteBuffer head = readAt(read.offset(), FRAME);
      int length = head.getInt();
      int sum = head.getInt();
      Bytes bytes = Bytes.wrap(readAt(read.offset() + FRAME, length).array());
      try {
        entries.add(EntryCodec.read(bytes));
      } catch (IllegalArgumentException unknown) {
        throw new IOException("The spill file has a record that another Assay wrote", unknown);
      }
      read = new Mark(read.offset() + FRAME + length, sum);
    }
    return entries;
  }

  /** Goes back to the first record. */
  void rewind() {
    read = begin;
  }

  /** Empties it and overwrites what was in it. */
  void clear() throws IOException {
    int seed = new SecureRandom().nextInt();
    write(ByteBuffer.allocate(HEADER).putLong(MAGIC).putInt(seed).flip(), 0);
    channel.force(false);
    begin = new Mark(HEADER, seed);
    read = begin;
    records.set(0);
    long used = end.offset();
    end = begin;
    if (channel.size() > reserve) {
      channel.truncate(reserve);
    }
    fill(HEADER, Math.min(used, reserve));
    fill(Math.max(channel.size(), HEADER), reserve);
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Finds the records; false when this is no spill file yet. */
  private boolean scan() throws IOException {
    if (channel.size() < HEADER) {
      return false;
    }
    ByteBuffer header = readAt(0, HEADER);
    if (header.getLong() != MAGIC) {
      return false;
    }
    begin = new Mark(HEADER, header.getInt());
    read = begin;
    end = begin;
    long found = 0;
    while (advance()) {
      found++;
    }
    records.set(found);
    return true;
  }

  private boolean advance() throws IOException {
    long left = channel.size() - end.offset() - FRAME;
    if (left <= 0) {
      return false;
    }
    ByteBuffer head = readAt(end.offset(), FRAME);
    int length = head.getInt();
    int sum = head.getInt();
    if (length <= 0 || length > left) {
      return false;
    }
    Bytes bytes = Bytes.wrap(readAt(end.offset() + FRAME, length).array());
    if (sum(end.sum(), bytes) != sum) {
      return false;
    }
    end = new Mark(end.offset() + FRAME + length, sum);
    return true;
  }

  private static int sum(int before, Bytes bytes) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(before).flip());
    crc.update(bytes.backingArray(), bytes.arrayOffset(), bytes.length());
    return (int) crc.getValue();
  }

  private void fill(long from, long to) throws IOException {
    for (long at = from; at < to; at += CHUNK) {
      write(ByteBuffer.allocate((int) Math.min(CHUNK, to - at)), at);
    }
  }

  private void write(ByteBuffer source, long offset) throws IOException {
    long at = offset;
    while (source.hasRemaining()) {
      at += channel.write(source, at);
    }
  }

  private ByteBuffer readAt(long offset, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    while (target.hasRemaining()) {
      if (channel.read(target, offset + target.position()) < 0) {
        throw new EOFException("The spill file ends in the middle of a record");
      }
    }
    return target.flip();
  }
}
