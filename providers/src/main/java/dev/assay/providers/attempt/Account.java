package dev.assay.providers.attempt;

import dev.assay.wire.http.Endpoint;
import dev.assay.wire.http.HttpTimeouts;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An account at a provider's API, or a local server that speaks it.
 *
 * @param name the provider's name, the prefix of its models
 * @param baseUrl where the API begins, such as {@code https://api.openai.com/v1}; without a query
 * @param key the key that is sent; absent for a server that wants none
 * @param headers more headers that every request carries, such as {@code OpenAI-Project}
 * @param timeouts how long an attempt waits; {@link HttpTimeouts#afterClientGone} counts for
 *     streams only
 * @param largestAnswer the largest answer that is taken, in bytes
 * @param source where this was found, such as {@code OPENAI_API_KEY}
 * @param models the names of models, without the prefix, that it has for certain
 */
public record Account(
    String name,
    URI baseUrl,
    Optional<String> key,
    Map<String, String> headers,
    HttpTimeouts timeouts,
    int largestAnswer,
    String source,
    Set<String> models) {
  /** The largest answer that is taken unless told otherwise: 32 MiB. */
  public static final int LARGEST_ANSWER = 32 * 1024 * 1024;

  // They are made here; another value would contradict the request.
  private static final Set<String> RESERVED =
      Set.of("host", "content-length", "content-type", "transfer-encoding", "connection");

  /** Checks name, address, headers and size, and copies the collections. */
  public Account {
    if (name.isBlank() || name.contains("/")) {
      throw new IllegalArgumentException("name: must not be blank or contain a slash");
    }
    try {
      Endpoint.of(baseUrl);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("baseUrl: " + wrong.getMessage(), wrong);
    }
    if (baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
      throw new IllegalArgumentException("baseUrl: must not have a query or a fragment");
    }
    if (key.isPresent() && !isHeaderValue(key.get())) {
      throw new IllegalArgumentException("key: is blank or contains a control character");
    }
    headers.forEach(Account::checkHeader);
    if (largestAnswer < 1) {
      throw new IllegalArgumentException("largestAnswer: must be positive");
    }
    headers = Map.copyOf(headers);
    models = Set.copyOf(models);
  }

  /** An account with the default timeouts and limits. */
  public static Account of(String name, URI baseUrl, Optional<String> key, String source) {
    return new Account(
        name, baseUrl, key, Map.of(), HttpTimeouts.STREAM, LARGEST_ANSWER, source, Set.of());
  }

  /** The path of the base address, without a slash at its end. */
  public String basePath() {
    String raw = baseUrl.getRawPath();
    return raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
  }

  /** Host and port. */
  public Endpoint endpoint() {
    return Endpoint.of(baseUrl);
  }

  /**
   * The headers of every request: {@code user-agent}, the key's, and the account's own, names in
   * lower case.
   *
   * @param keyHeader the header that carries the key
   * @param scheme what stands before the key in it, such as {@code Bearer} and a space
   */
  public Map<String, String> headers(String keyHeader, String scheme) {
    Map<String, String> all = new HashMap<>();
    all.put("user-agent", "assay");
    key.ifPresent(secret -> all.put(keyHeader, scheme + secret));
    headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
    return Map.copyOf(all);
  }

  private static void checkHeader(String header, String value) {
    if (RESERVED.contains(header.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("headers." + header + ": is made for each request");
    }
    if (!isHeaderValue(value)) {
      throw new IllegalArgumentException(
          "headers." + header + ": is blank or contains a control character");
    }
  }

  private static boolean isHeaderValue(String value) {
    return !value.isBlank() && value.chars().noneMatch(Character::isISOControl);
  }

  /** Names the provider and its address; the key and the headers stay unsaid. */
  @Override
  public String toString() {
    return "Account[" + name + " at " + baseUrl + "]";
  }
}
