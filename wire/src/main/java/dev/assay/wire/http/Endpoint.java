package dev.assay.wire.http;

import java.net.URI;
import java.util.Locale;

/**
 * Where requests go.
 *
 * @param tls whether the connection is encrypted
 * @param host a name or an address; an IPv6 address without brackets
 * @param port the TCP port
 */
public record Endpoint(boolean tls, String host, int port) {
  /** Checks that there is a host and that the port is one. */
  public Endpoint {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host: is blank");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: must be 1 to 65535");
    }
  }

  /**
   * The endpoint of an address.
   *
   * @param uri an {@code http} or {@code https} address; its path does not matter
   * @throws IllegalArgumentException when it is another kind of address, has no host, or names a
   *     user
   */
  public static Endpoint of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if (!tls && !scheme.equals("http")) {
      throw new IllegalArgumentException("address: must begin with http:// or https://");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("address: must not contain a user or password");
    }
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("address: has no host");
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int standard = tls ? 443 : 80;
    return new Endpoint(tls, bare, uri.getPort() < 0 ? standard : uri.getPort());
  }

  /** Host and port, such as {@code api.openai.com:443}. */
  public String authority() {
    return bracketed() + ":" + port;
  }

  /** The value of the Host header, where the standard port is left out. */
  String hostHeader() {
    return port == (tls ? 443 : 80) ? bracketed() : authority();
  }

  private String bracketed() {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
