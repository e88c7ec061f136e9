package dev.assay.testkit.upstream;

import dev.assay.core.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A response and what happens while it is sent. Immutable; each method gives another reply.
 *
 * <p>Places are offsets into all the bytes on the wire, the head and the framing of chunks
 * included.
 */
public final class Reply {
  private static final Bytes CRLF = Bytes.utf8("\r\n");

  private final Layout layout;
  private final List<Bytes> pieces;
  private final List<Mark> marks;

  private Reply(Layout layout, List<Bytes> pieces, List<Mark> marks) {
    this.layout = layout;
    this.pieces = List.copyOf(pieces);
    this.marks = List.copyOf(marks);
  }

  private enum Framing {
    SIZED,
    CHUNKED,
    UNTIL_CLOSE,
    RAW
  }

  private record Layout(int status, List<Received.Header> headers, Framing framing) {}

  private record Mark(int offset, Happening happening) {}

  /** A response in one piece with its length in the head. */
  public static Reply of(int status, String contentType, Bytes body) {
    List<Received.Header> headers = List.of(new Received.Header("content-type", contentType));
    return new Reply(new Layout(status, headers, Framing.SIZED), List.of(body), List.of());
  }

  /** A JSON response in one piece. */
  public static Reply json(int status, String body) {
    return of(status, "application/json", Bytes.utf8(body));
  }

  /**
   * A stream of server-sent events, each in a chunk of its own.
   *
   * @param events whole, with their closing blank lines
   */
  public static Reply events(List<String> events) {
    List<Received.Header> headers =
        List.of(new Received.Header("content-type", "text/event-stream; charset=utf-8"));
    List<Bytes> pieces = events.stream().map(Bytes::utf8).toList();
    return new Reply(new Layout(200, headers, Framing.CHUNKED), pieces, List.of());
  }

  /** A stream of server-sent events; see {@link #events(List)}. */
  public static Reply events(String... events) {
    return events(Arrays.asList(events));
  }

  /** Any bytes, HTTP or not; the connection is closed behind them. */
  public static Reply raw(Bytes bytes) {
    return new Reply(new Layout(0, List.of(), Framing.RAW), List.of(bytes), List.of());
  }

  /** The same with another header. */
  public Reply header(String name, String value) {
    List<Received.Header> headers = new ArrayList<>(layout.headers);
    headers.add(new Received.Header(name, value));
    return with(new Layout(layout.status, headers, layout.framing));
  }

  /** The same with another status. */
  public Reply status(int status) {
    return with(new Layout(status, layout.headers, layout.framing));
  }

  /** The same, its pieces as chunks. */
  public Reply chunked() {
    return with(new Layout(layout.status, layout.headers, Framing.CHUNKED));
  }

  /** The same, its length in the head. */
  public Reply sized() {
    return with(new Layout(layout.status, layout.headers, Framing.SIZED));
  }

  /** The same, its end marked by the end of the connection only. */
  public Reply untilClose() {
    return with(new Layout(layout.status, layout.headers, Framing.UNTIL_CLOSE));
  }

  /** The same; when this many bytes have been sent, something happens. */
  public Reply at(int offset, Happening happening) {
    List<Mark> more = new ArrayList<>(marks);
    more.add(new Mark(offset, happening));
    return new Reply(layout, pieces, more);
  }

  /** The same; something happens before a piece of the body, such as an event. */
  public Reply before(int piece, Happening happening) {
    return at(pieceOffset(piece), happening);
  }

  /** The same, with the same wait before each piece of the body but the first. */
  public Reply paced(Duration wait) {
    Reply paced = this;
    for (int piece = 1; piece < pieces.size(); piece++) {
      paced = paced.before(piece, new Happening.Pause(wait));
    }
    return paced;
  }

  /** The same, sent in parts of a length. */
  public Reply splitEvery(int length) {
    List<Mark> more = new ArrayList<>(marks);
    for (int offset = length; offset < length(); offset += length) {
      more.add(new Mark(offset, new Happening.Split()));
    }
    return new Reply(layout, pieces, more);
  }

  /** The same; the connection is closed behind it. */
  public Reply thenClose() {
    return at(length(), new Happening.Close());
  }

  /** How many bytes it has on the wire. */
  public int length() {
    return bytes().length();
  }

  /** How many of them are the head, its blank line included. */
  public int headLength() {
    return head().length();
  }

  /** Where a piece of the body begins, its chunk's own head included. */
  public int pieceOffset(int piece) {
    int offset = headLength();
    for (Bytes earlier : pieces.subList(0, piece)) {
      offset += framed(earlier).length();
    }
    return offset;
  }

  /** All its bytes on the wire. */
  Bytes bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    append(all, head());
    pieces.forEach(piece -> append(all, framed(piece)));
    if (layout.framing == Framing.CHUNKED) {
      append(all, Bytes.utf8("0\r\n\r\n"));
    }
    return Bytes.wrap(all.toByteArray());
  }

  /** What happens, by place. */
  NavigableMap<Integer, List<Happening>> happenings() {
    NavigableMap<Integer, List<Happening>> places = new TreeMap<>();
    for (Mark mark : marks) {
      places.computeIfAbsent(mark.offset, place -> new ArrayList<>()).add(mark.happening);
    }
    return places;
  }

  /** Whether the connection is closed behind it. */
  boolean closes() {
    return layout.framing == Framing.RAW || layout.framing == Framing.UNTIL_CLOSE;
  }

  private Reply with(Layout other) {
    if (!marks.isEmpty()) {
      throw new IllegalStateException("marks: must be set last, as they are offsets");
    }
    return new Reply(other, pieces, marks);
  }

  private Bytes head() {
    if (layout.framing == Framing.RAW) {
      return Bytes.EMPTY;
    }
    StringBuilder head = new StringBuilder("HTTP/1.1 " + layout.status + " Scripted\r\n");
    layout.headers.forEach(header -> head.append(header.name() + ": " + header.value() + "\r\n"));
    switch (layout.framing) {
      case SIZED ->
          head.append("content-length: " + pieces.stream().mapToInt(Bytes::length).sum() + "\r\n");
      case CHUNKED -> head.append("transfer-encoding: chunked\r\n");
      case UNTIL_CLOSE -> head.append("connection: close\r\n");
      case RAW -> {}
    }
    return Bytes.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private Bytes framed(Bytes piece) {
    if (layout.framing != Framing.CHUNKED) {
      return piece;
    }
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    append(chunk, Bytes.utf8(Integer.toHexString(piece.length()) + "\r\n"));
    append(chunk, piece);
    append(chunk, CRLF);
    return Bytes.wrap(chunk.toByteArray());
  }

  private static void append(ByteArrayOutputStream all, Bytes bytes) {
    all.write(bytes.backingArray(), bytes.arrayOffset(), bytes.length());
  }
}
