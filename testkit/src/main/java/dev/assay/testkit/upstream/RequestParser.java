package dev.assay.testkit.upstream;

import dev.assay.core.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads HTTP/1.1 requests (RFC 9112) as well-behaved clients write them. */
final class RequestParser {
  private final InputStream stream;

  RequestParser(InputStream stream) {
    this.stream = stream;
  }

  /** The next request; empty when the client has closed the connection in between. */
  Optional<Received> next() throws IOException {
    int first = stream.read();
    if (first < 0) {
      return Optional.empty();
    }
    String[] start = ((char) first + line()).split(" ", -1);
    List<Received.Header> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.add(new Received.Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    Received head = new Received(start[0], start[1], headers, Bytes.EMPTY);
    return Optional.of(new Received(start[0], start[1], headers, body(head)));
  }

  private Bytes body(Received head) throws IOException {
    String coding = head.header("transfer-encoding").orElse("").toLowerCase(Locale.ROOT);
    if (coding.equals("chunked")) {
      return chunks();
    }
    return Bytes.wrap(exactly(head.header("content-length").map(Integer::parseInt).orElse(0)));
  }

  private Bytes chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.writeBytes(exactly(size));
      line();
    }
    line();
    return Bytes.wrap(body.toByteArray());
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = stream.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("in a body");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = stream.read(); next != '\n'; next = stream.read()) {
      if (next < 0) {
        throw new EOFException("in a head");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
