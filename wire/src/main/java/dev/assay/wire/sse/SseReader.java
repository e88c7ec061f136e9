package dev.assay.wire.sse;

import dev.assay.core.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads an event stream as the WHATWG HTML standard says (section 9.2.6, interpreting an event
 * stream), and gives each event as soon as its blank line is there. For one thread.
 *
 * <p>It differs in two ways: the bytes of each event are kept, and an event that the end of the
 * stream cuts is given as incomplete instead of being dropped. Blocks without data (comments that
 * keep a connection alive) are passed over. A retry field has no meaning here and is only kept in
 * the bytes.
 */
public final class SseReader {
  /** The largest event that is taken unless told, in bytes. */
  public static final int LARGEST_EVENT = 20 * 1024 * 1024;

  private static final int FIRST_BUFFER = 4 * 1024;
  private static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);
  private static final byte[] EVENT = "event".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ID = "id".getBytes(StandardCharsets.UTF_8);

  private final InputStream source;
  private final int largest;

  // The block that is being read stands in buffer[block, end); lines before `line` are done, and
  // bytes before `scan` hold no line end.
  private byte[] buffer;
  private int block;
  private int line;
  private int scan;
  private int end;

  private boolean begun;
  private boolean ended;
  private boolean tooLarge;
  private boolean lastLineEndedByCr;
  private boolean skipLineFeed;

  // Of the block: where its data values stand, relative to its beginning.
  private int[] values = new int[8];
  private int valueCount;
  private Optional<String> type = Optional.empty();
  private Optional<String> lastId = Optional.empty();

  /** A reader of a stream; closing it stays with the caller. */
  public SseReader(InputStream source) {
    this(source, LARGEST_EVENT);
  }

  /**
   * A reader that takes no larger events.
   *
   * @param largest the largest event in bytes
   */
  public SseReader(InputStream source, int largest) {
    this.source = source;
    this.largest = largest;
    this.buffer = new byte[Math.min(FIRST_BUFFER, largest)];
  }

  /**
   * The next event; behind the end, and behind an event that is too large, the same again.
   *
   * @throws IOException when the source throws it
   */
  public Sse next() throws IOException {
    while (true) {
      int terminator = terminator();
      if (terminator > 0) {
        if (takeLine(terminator)) {
          return event(true);
        }
      } else if (ended) {
        return last();
      } else if (tooLarge) {
        return new Sse.TooLarge();
      } else {
        fill();
      }
    }
  }

  /**
   * Moves `scan` to the end of the line; gives the length of what ends it, 0 when more is needed.
   */
  private int terminator() {
    if (skipLineFeed && block < end) {
      skipLineFeed = false;
      if (buffer[block] == '\n') {
        startBlock(block + 1);
      }
    }
    byte[] bytes = buffer;
    int at = scan;
    while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
      at++;
    }
    scan = at;
    if (at == end) {
      return 0;
    }
    if (bytes[at] == '\n') {
      return 1;
    }
    if (at + 1 < end) {
      return bytes[at + 1] == '\n' ? 2 : 1;
    }
    // A stream that ends its lines by CR alone must not wait for the byte behind a blank line.
    boolean blank = at == line && lastLineEndedByCr;
    skipLineFeed = blank;
    return blank || ended ? 1 : 0;
  }

  /** Takes the line before `scan`; true when it is the blank one behind some data. */
  private boolean takeLine(int terminator) {
    skipByteOrderMark();
    int start = line;
    int stop = scan;
    lastLineEndedByCr = terminator == 1 && buffer[stop] == '\r';
    line = stop + terminator;
    scan = line;
    if (start < stop) {
      takeField(start, stop);
      return false;
    }
    if (valueCount > 0) {
      return true;
    }
    startBlock(line);
    return false;
  }

  private void skipByteOrderMark() {
    if (!begun) {
      begun = true;
      if (scan - line >= 3
          && buffer[line] == (byte) 0xEF
          && buffer[line + 1] == (byte) 0xBB
          && buffer[line + 2] == (byte) 0xBF) {
        line += 3;
        block = line;
      }
    }
  }

  private void takeField(int start, int stop) {
    int colon = start;
    while (colon < stop && buffer[colon] != ':') {
      colon++;
    }
    int value = colon;
    if (value < stop) {
      value++;
      if (value < stop && buffer[value] == ' ') {
        value++;
      }
    }
    if (is(DATA, start, colon)) {
      addValue(value, stop);
    } else if (is(EVENT, start, colon)) {
      type = Optional.of(text(value, stop)).filter(name -> !name.isEmpty());
    } else if (is(ID, start, colon)) {
      String id = text(value, stop);
      lastId = id.indexOf('\0') < 0 ? Optional.of(id) : lastId;
    }
  }

  private boolean is(byte[] name, int start, int stop) {
    return stop - start == name.length && Arrays.equals(buffer, start, stop, name, 0, name.length);
  }

  private String text(int start, int stop) {
    return new String(buffer, start, stop - start, StandardCharsets.UTF_8);
  }

  private void addValue(int start, int stop) {
    if (2 * valueCount == values.length) {
      values = Arrays.copyOf(values, 2 * values.length);
    }
    values[2 * valueCount] = start - block;
    values[2 * valueCount + 1] = stop - block;
    valueCount++;
  }

  private Sse event(boolean complete) {
    Bytes raw = Bytes.wrap(Arrays.copyOfRange(buffer, block, line));
    Bytes data = valueCount == 1 ? raw.slice(values[0], values[1]) : joined(raw);
    Sse event = new Sse.Event(raw, data, type, lastId, complete);
    startBlock(line);
    return event;
  }

  private Bytes joined(Bytes raw) {
    int length = valueCount - 1;
    for (int i = 0; i < valueCount; i++) {
      length += values[2 * i + 1] - values[2 * i];
    }
    byte[] joined = new byte[length];
    int to = 0;
    for (int i = 0; i < valueCount; i++) {
      if (i > 0) {
        joined[to++] = '\n';
      }
      int size = values[2 * i + 1] - values[2 * i];
      System.arraycopy(raw.backingArray(), raw.arrayOffset() + values[2 * i], joined, to, size);
      to += size;
    }
    return Bytes.wrap(joined);
  }

  private void startBlock(int at) {
    block = at;
    line = at;
    scan = at;
    valueCount = 0;
    type = Optional.empty();
  }

  /** What the end of the stream leaves: a cut event, or nothing. */
  private Sse last() {
    if (line < end) {
      skipByteOrderMark();
      takeField(line, end);
      line = end;
      scan = end;
    }
    return valueCount > 0 ? event(false) : new Sse.End();
  }

  private void fill() throws IOException {
    if (end == buffer.length && !makeRoom()) {
      tooLarge = true;
      return;
    }
    int count = source.read(buffer, end, buffer.length - end);
    if (count < 0) {
      ended = true;
    } else {
      end += count;
    }
  }

  /** Moves the block to the front of the buffer, or into a larger one; false at the limit. */
  private boolean makeRoom() {
    byte[] target = buffer;
    if (block == 0) {
      if (buffer.length == largest) {
        return false;
      }
      target = new byte[(int) Math.min(2L * buffer.length, largest)];
    }
    System.arraycopy(buffer, block, target, 0, end - block);
    line -= block;
    scan -= block;
    end -= block;
    block = 0;
    buffer = target;
    return true;
  }
}
