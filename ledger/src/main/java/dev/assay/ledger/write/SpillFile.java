package dev.assay.ledger.write;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.time.Clock;
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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where records wait that the database did not take. Appending flushes to the disk. Its first part
 * is filled with zeros when it is made, so that there is room in it even when the disk is full.
 *
 * <p>Format: a header, then for each record its length (4 bytes), a sum (4 bytes) and its bytes;
 * numbers are big-endian. The header is {@code ASSAYSP2}, four random bytes, the offset up to which
 * records are acknowledged (8 bytes) and a sum of all that. Sums are CRC-32C, a record's over the
 * sum before it (for the first, the random bytes) and its bytes. Nothing behind the acknowledged
 * offset is a record: neither what was being written in a crash, nor what is left of records from
 * before the file was emptied. So what is wrong before it is damage. Used by one thread at a time.
 */
final class SpillFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpillFile.class);
  private static final long MAGIC = 0x4153_5341_5953_5032L;
  private static final int HEADER = 2 * Long.BYTES + 2 * Integer.BYTES;
  private static final int FRAME = 2 * Integer.BYTES;
  private static final int CHUNK = 1 << 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

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
   * Opens or makes the file, and finds the records in it. A damaged one is kept beside it under
   * another name, and those of its records that stand before the damage stay in it.
   *
   * @param reserve how many bytes are kept ready
   * @param clock dates a damaged file
   */
  static SpillFile open(Path path, long reserve, Clock clock) throws IOException {
    LedgerHome.own(path);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    SpillFile file = new SpillFile(channel, reserve);
    try {
      if (file.blank()) {
        file.clear();
      } else if (!file.scan()) {
        file.keepDamaged(path, clock);
      } else if (file.isEmpty() && channel.size() < reserve) {
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
    acknowledge(at);
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
      Mark at = read;
      Frame frame =
          frame(at)
              .orElseThrow(() ->
                  new IOException(
                      "The spill file is damaged at byte "
                          + at.offset()
                          + "; start Assay again, which keeps it aside"));
      try {
        entries.add(EntryCodec.read(frame.bytes()));
      } catch (IllegalArgumentException unknown) {
        throw new IOException("The spill file has a record that another Assay wrote", unknown);
      }
      read = frame.end();
    }
    return entries;
  }

  /** Goes back to the first record. */
  void rewind() {
    read = begin;
  }

  /** Empties it and overwrites what was in it. */
  void clear() throws IOException {
    begin = new Mark(HEADER, new SecureRandom().nextInt());
    acknowledge(begin);
    read = begin;
    end = begin;
    records.set(0);
    if (channel.size() > reserve) {
      channel.truncate(reserve);
    }
    fill(HEADER, reserve);
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Whether there is nothing in it, not even a header: it is new, or its making was cut short. */
  private boolean blank() throws IOException {
    for (long at = 0; at < channel.size(); at += CHUNK) {
      ByteBuffer chunk = readAt(at, (int) Math.min(CHUNK, channel.size() - at));
      if (!chunk.equals(ByteBuffer.allocate(chunk.limit()))) {
        return false;
      }
    }
    return true;
  }

  /** Finds the acknowledged records; false when there is damage among them. */
  private boolean scan() throws IOException {
    if (channel.size() < HEADER) {
      return false;
    }
    ByteBuffer header = readAt(0, HEADER);
    long magic = header.getLong();
    int seed = header.getInt();
    long acknowledged = header.getLong();
    if (magic != MAGIC || !header(new Mark(acknowledged, 0), seed).equals(header.rewind())) {
      return false;
    }
    begin = new Mark(HEADER, seed);
    read = begin;
    end = begin;
    while (end.offset() < acknowledged) {
      Optional<Frame> next = frame(end);
      if (next.isEmpty()) {
        return false;
      }
      end = next.get().end();
      records.incrementAndGet();
    }
    return end.offset() == acknowledged;
  }

  private void keepDamaged(Path path, Clock clock) throws IOException {
    Path kept = path.resolveSibling(path.getFileName() + ".damaged-" + TIME.format(clock.now()));
    LedgerHome.own(kept);
    try (FileChannel copy = FileChannel.open(kept, StandardOpenOption.WRITE);
        FileChannel folder = FileChannel.open(kept.toAbsolutePath().getParent())) {
      long size = channel.size();
      for (long at = 0; at < size; ) {
        at += channel.transferTo(at, size - at, copy);
      }
      copy.force(true);
      folder.force(true);
    }
    LOG.warn(
        "The spill file is damaged and kept as {}; {} records stand before the damage and enter"
            + " the ledger",
        kept,
        records());
    if (isEmpty()) {
      clear();
    } else {
      acknowledge(end);
      fill(end.offset(), channel.size());
      channel.force(false);
    }
  }

  /** A record as it stands in the file, and the place behind it. */
  private record Frame(Bytes bytes, Mark end) {}

  /** The record at a place; empty when none is there or it is damaged. */
  private Optional<Frame> frame(Mark at) throws IOException {
    long left = channel.size() - at.offset() - FRAME;
    if (left <= 0) {
      return Optional.empty();
    }
    ByteBuffer head = readAt(at.offset(), FRAME);
    int length = head.getInt();
    int sum = head.getInt();
    if (length <= 0 || length > left) {
      return Optional.empty();
    }
    Bytes bytes = Bytes.wrap(readAt(at.offset() + FRAME, length).array());
    return sum(at.sum(), bytes) == sum
        ? Optional.of(new Frame(bytes, new Mark(at.offset() + FRAME + length, sum)))
        : Optional.empty();
  }

  /** Says in the header up to where there are records, and flushes it. */
  private void acknowledge(Mark upTo) throws IOException {
    write(header(upTo, begin.sum()), 0);
    channel.force(false);
  }

  private static ByteBuffer header(Mark upTo, int seed) {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putLong(MAGIC).putInt(seed).putLong(upTo.offset());
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, header.position());
    return header.putInt((int) crc.getValue()).flip();
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
