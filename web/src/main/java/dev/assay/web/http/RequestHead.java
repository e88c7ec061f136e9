package dev.assay.web.http;

import io.helidon.http.Header;
import io.helidon.http.Headers;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The headers of a request that matter here, taken in one pass. Used by one thread. */
public final class RequestHead {
  private static final String ASSAY = "x-assay-";
  private static final String FORWARDED = "x-forwarded-";
  private static final char DELETE = 0x7f;

  private @Nullable String host;
  private @Nullable String origin;
  private @Nullable String fetchSite;
  private @Nullable String contentType;
  private @Nullable String contentEncoding;
  private @Nullable String authorization;
  private @Nullable String twice;
  private Map<String, String> assay = Map.of();
  private Map<String, String> travelling = Map.of();
  private int hosts;
  private boolean forwarded;
  private boolean close;
  private boolean expectsContinue;

  private RequestHead() {}

  static RequestHead of(Headers headers) {
    RequestHead head = new RequestHead();
    for (Header header : headers) {
      head.take(header);
    }
    return head;
  }

  private void take(Header header) {
    String name = header.headerName().lowerCase();
    switch (name) {
      case "host" -> {
        host = header.get().strip();
        hosts = header.valueCount();
      }
      // No list of them is an origin that may pass.
      case "origin" -> origin = String.join(",", header.allValues()).strip();
      case "sec-fetch-site" -> fetchSite = String.join(",", header.allValues()).strip();
      case "content-type" -> contentType = only(header);
      case "content-encoding" -> contentEncoding = only(header);
      case "authorization" -> authorization = only(header);
      case "openai-beta", "anthropic-beta", "anthropic-version" -> travel(name, header);
      case "forwarded" -> forwarded = true;
      case "connection" ->
          close = String.join(",", header.allValues()).toLowerCase(Locale.ROOT).contains("close");
      case "expect" -> expectsContinue = true;
      default -> {
        if (name.startsWith(ASSAY)) {
          if (assay.isEmpty()) {
            assay = new HashMap<>();
          }
          assay.put(name.substring(ASSAY.length()), only(header));
        } else if (name.startsWith(FORWARDED)) {
          forwarded = true;
        }
      }
    }
  }

  private void travel(String name, Header header) {
    if (travelling.isEmpty()) {
      travelling = new HashMap<>();
    }
    travelling.put(name, String.join(",", header.allValues()));
  }

  private String only(Header header) {
    if (twice == null && header.valueCount() > 1) {
      twice = header.headerName().lowerCase();
    }
    return header.get().strip();
  }

  /** The {@code Host}. */
  public Optional<String> host() {
    return Optional.ofNullable(host);
  }

  /** Whether there is a {@code Host}, and only one: otherwise nobody knows which one counts. */
  public boolean oneHost() {
    return hosts == 1;
  }

  /** The {@code Origin}: the page that a browser sends the request for. */
  public Optional<String> origin() {
    return Optional.ofNullable(origin);
  }

  /** The {@code Sec-Fetch-Site}: how a browser sees that page. */
  public Optional<String> fetchSite() {
    return Optional.ofNullable(fetchSite);
  }

  /** The {@code Content-Type}. */
  public Optional<String> contentType() {
    return Optional.ofNullable(contentType);
  }

  /** The {@code Content-Encoding}. */
  public Optional<String> contentEncoding() {
    return Optional.ofNullable(contentEncoding);
  }

  /** The {@code Authorization}; only ever compared. */
  public Optional<String> authorization() {
    return Optional.ofNullable(authorization);
  }

  /**
   * The headers that travel on to a provider of the same format, by name in lower case: {@code
   * openai-beta}, {@code anthropic-beta}, {@code anthropic-version}. Never a credential.
   */
  public Map<String, String> travelling() {
    return travelling;
  }

  /**
   * Whether a value has characters that a header can carry; what came as a byte outside ASCII is
   * none.
   */
  public static boolean printable(String value) {
    return value.chars().allMatch(at -> at >= ' ' && at < DELETE);
  }

  /** The values of the {@code x-assay-} headers, by the rest of their names in lower case. */
  public Map<String, String> assay() {
    return assay;
  }

  /**
   * The first header that was sent twice though one value is all that makes sense, in lower case.
   */
  public Optional<String> twice() {
    return Optional.ofNullable(twice);
  }

  /** Whether somebody in between says that it forwarded the request. */
  public boolean forwarded() {
    return forwarded;
  }

  /** Whether the client closes the connection after the answer. */
  public boolean close() {
    return close;
  }

  /** Whether the client waits for a go before it sends the body. */
  public boolean expectsContinue() {
    return expectsContinue;
  }
}
