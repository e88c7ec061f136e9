package dev.assay.testkit.upstream;

import dev.assay.core.bytes.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param method such as {@code POST}
 * @param target the path with the query
 * @param headers in order; names as they came
 * @param body the body without its framing
 */
public record Received(String method, String target, List<Header> headers, Bytes body) {
  /** Copies the headers. */
  public Received {
    headers = List.copyOf(headers);
  }

  /** A header line. */
  public record Header(String name, String value) {}

  /** The path without the query. */
  public String path() {
    int end = target.indexOf('?');
    return end < 0 ? target : target.substring(0, end);
  }

  /** The raw query, without the question mark. */
  public Optional<String> query() {
    int end = target.indexOf('?');
    return end < 0 ? Optional.empty() : Optional.of(target.substring(end + 1));
  }

  /** The first value of a header; the case of the name does not matter. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** The names of all headers, in lower case. */
  public List<String> headerNames() {
    return headers.stream().map(header -> header.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** Everything that the client wrote, as text, to look for what must not be there. */
  public String text() {
    StringBuilder text = new StringBuilder(method + " " + target + "\n");
    headers.forEach(header -> text.append(header.name() + ": " + header.value() + "\n"));
    return text.append("\n").append(body.utf8()).toString();
  }
}
