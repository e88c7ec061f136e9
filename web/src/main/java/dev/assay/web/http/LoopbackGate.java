package dev.assay.web.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the web out of a server without keys: a page in a browser on this host can reach the
 * loopback address too, by a form, a script or a host name that it rebinds. Thread-safe.
 *
 * <p>A request passes when its {@code Host} is a loopback address, {@code localhost} or configured,
 * when it says nothing of another page ({@code Origin}, {@code Sec-Fetch-Site}), and when nobody
 * forwarded it.
 */
public final class LoopbackGate {
  private static final int OCTETS = 4;
  private static final int GREATEST_OCTET = 255;

  private final Set<String> names;

  /**
   * A gate.
   *
   * @param names host names that pass beside the loopback ones, in lower case and without a port
   */
  public LoopbackGate(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /** Why a request with one {@code Host} is refused; empty when it passes. */
  public Optional<String> refusal(RequestHead head) {
    String host = head.host().orElse("");
    if (!known(host)) {
      return Optional.of(
          "the Host header names another host than this one: use localhost or 127.0.0.1, or add"
              + " the name to the configured host names");
    }
    if (head.forwarded()) {
      return Optional.of(
          "the request was forwarded (Forwarded or X-Forwarded-* header): a server without keys"
              + " answers on this host only");
    }
    if (head.origin().filter(origin -> !sameOrigin(origin, host)).isPresent()
        || head.fetchSite().filter(site -> !sameSite(site)).isPresent()) {
      return Optional.of("the request comes from a web page of another origin");
    }
    return Optional.empty();
  }

  private static boolean sameOrigin(String origin, String host) {
    return origin.regionMatches(true, 0, "http://", 0, 7)
        && origin.length() == host.length() + 7
        && origin.regionMatches(true, 7, host, 0, host.length());
  }

  // A page on another port of this host is of the same site, but not of the same origin.
  private static boolean sameSite(String site) {
    return site.equals("same-origin") || site.equals("none");
  }

  private boolean known(String host) {
    int end = host.length();
    int colon = host.lastIndexOf(':');
    if (colon >= 0 && host.indexOf(']', colon) < 0) {
      if (!digits(host, colon + 1, end)) {
        return false;
      }
      end = colon;
    }
    String name = host.substring(0, end).toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || loopbackAddress(name)
        || names.contains(name);
  }

  private static boolean loopbackAddress(String name) {
    if (!name.startsWith("127.")) {
      return false;
    }
    int octets = 0;
    int start = 0;
    while (start <= name.length()) {
      int dot = name.indexOf('.', start);
      int end = dot < 0 ? name.length() : dot;
      if (end == start
          || end - start > 3
          || !digits(name, start, end)
          || Integer.parseInt(name, start, end, 10) > GREATEST_OCTET) {
        return false;
      }
      octets++;
      start = end + 1;
    }
    return octets == OCTETS;
  }

  private static boolean digits(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
