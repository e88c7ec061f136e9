package dev.assay.app.e2e.client;

import dev.assay.core.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request over a plain socket, which may be as wrong as a test wants. Immutable.
 *
 * @param method such as {@code POST}
 * @param target the path with the query
 * @param headers header lines, but for the length and for closing
 * @param body the body
 */
record RawRequest(String method, String target, List<String> headers, Bytes body) {
  /** A chat request as a client sends it. */
  static RawRequest chat(String body) {
    return chat(Bytes.utf8(body));
  }

  /** A chat request as a client sends it. */
  static RawRequest chat(Bytes body) {
    return new RawRequest(
        "POST",
        "/v1/chat/completions",
        List.of("host: localhost", "content-type: application/json"),
        body);
  }

  /** A request without a body. */
  static RawRequest get(String target) {
    return new RawRequest("GET", target, List.of("host: localhost"), Bytes.EMPTY);
  }

  /** The same with a header line in place of those of the same name. */
  RawRequest with(String line) {
    List<String> others = without(line.substring(0, line.indexOf(':'))).headers;
    return new RawRequest(method, target, others, body).adding(line);
  }

  /** The same with a further header line. */
  RawRequest adding(String line) {
    List<String> more = new ArrayList<>(headers);
    more.add(line);
    return new RawRequest(method, target, more, body);
  }

  /** The same without a header. */
  RawRequest without(String name) {
    List<String> others =
        headers.stream()
            .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
            .toList();
    return new RawRequest(method, target, others, body);
  }

  /** The same to another place. */
  RawRequest to(String otherMethod, String otherTarget) {
    return new RawRequest(otherMethod, otherTarget, headers, body);
  }

  /** Sends it on a connection of its own and reads the response. */
  Response send(URI server) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      // The answer may come before a large body has left.
      Thread sending = Thread.ofVirtual().start(() -> write(socket));
      Response response = Response.of(socket.getInputStream().readAllBytes());
      sending.join();
      return response;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while asking", interrupt);
    }
  }

  private void write(Socket socket) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes());
      out.flush();
    } catch (IOException left) {
      // The server need not read what it refuses.
    }
  }

  private byte[] bytes() {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    if (body.length() > 0) {
      head.append("content-length: ").append(body.length()).append("\r\n");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes((head + "connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    all.writeBytes(body.toArray());
    return all.toByteArray();
  }

  /**
   * What came back.
   *
   * @param headers by name in lower case
   * @param body as text
   */
  record Response(int status, Map<String, String> headers, String body) {
    private static Response of(byte[] bytes) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        throw new AssertionError("no response: " + text);
      }
      List<String> lines = text.substring(0, end).lines().toList();
      Map<String, String> headers = new TreeMap<>();
      for (String line : lines.subList(1, lines.size())) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      int status = Integer.parseInt(lines.getFirst().split(" ", -1)[1]);
      return new Response(status, headers, text.substring(end + 4));
    }
  }
}
