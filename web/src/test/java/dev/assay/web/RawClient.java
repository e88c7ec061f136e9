package dev.assay.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client over a plain socket, which sends whatever a test wants, however wrong. */
public final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A request for a chat, with more header lines, each with its line end. */
  public static String chat(String body, String headers) {
    return post("/v1/chat/completions", body, headers);
  }

  /** A request with a JSON body, with more header lines, each with its line end. */
  public static String post(String path, String body, String headers) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: application/json\r\n"
        + headers
        + "Content-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  /** A request without a body. */
  public static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost:8420\r\n\r\n";
  }

  /** Sends bytes as they are. */
  public RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes as they are. */
  public RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends a request and reads the answer. */
  public RawResponse ask(String request) throws IOException {
    return send(request.getBytes(StandardCharsets.UTF_8)).read();
  }

  /** Reads a response to its end. */
  public RawResponse read() throws IOException {
    RawResponse head = head();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean whole = true;
    if (head.headers().containsKey("content-length")) {
      body.writeBytes(exactly(Integer.parseInt(head.headers().get("content-length"))));
    } else {
      whole = chunks(body);
    }
    return new RawResponse(
        head.status(), head.headers(), body.toString(StandardCharsets.UTF_8), whole);
  }

  /** Reads a response as far as its headers go. */
  public RawResponse head() throws IOException {
    String[] status = line().split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new RawResponse(Integer.parseInt(status[1]), headers, "", false);
  }

  /** Reads the next chunk of a stream; empty at its end. */
  public String chunk() throws IOException {
    int length = Integer.parseInt(line(), 16);
    String data = new String(exactly(length), StandardCharsets.UTF_8);
    line();
    return data;
  }

  private boolean chunks(ByteArrayOutputStream body) throws IOException {
    try {
      for (String data = chunk(); !data.isEmpty(); data = chunk()) {
        body.writeBytes(data.getBytes(StandardCharsets.UTF_8));
      }
      return true;
    } catch (EOFException | SocketException cut) {
      return false;
    }
  }

  /** How many bytes have arrived that were not read. */
  public int available() throws IOException {
    return in.available();
  }

  /** Whether the server has closed the connection; waits until it does or sends something. */
  public boolean closed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** Closes the connection so that the server's next write fails at once. */
  public void vanish() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the server closed the connection");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int at = in.read(); at != '\n'; at = in.read()) {
      if (at < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.write(at);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
