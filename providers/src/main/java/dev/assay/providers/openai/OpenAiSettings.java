package dev.assay.providers.openai;

import dev.assay.wire.http.Endpoint;
import dev.assay.wire.http.HttpTimeouts;
import dev.assay.wire.openai.CapName;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An account at an API that speaks OpenAI's Chat Completions, or a local server that does.
 *
 * @param name the provider's name, the prefix of its models
 * @param baseUrl where the API begins, such as {@code https://api.openai.com/v1}; without a query
 * @param key the key that is sent as a bearer token; absent for a server that wants none
 * @param headers more headers that every request carries, such as {@code OpenAI-Project}
 * @param timeouts how long an attempt waits; {@link HttpTimeouts#afterClientGone} counts for
 *     streams only
 * @param largestAnswer the largest answer that is taken, in bytes
 * @param source where this was found, such as {@code OPENAI_API_KEY}
 * @param models the names of models, without the prefix, that it has for certain
 */
public record OpenAiSettings(
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
  public OpenAiSettings {
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
    headers.forEach(OpenAiSettings::checkHeader);
    if (largestAnswer < 1) {
      throw new IllegalArgumentException("largestAnswer: must be positive");
    }
    headers = Map.copyOf(headers);
    models = Set.copyOf(models);
  }

  /** An account with the default timeouts and limits. */
  public static OpenAiSettings of(String name, URI baseUrl, Optional<String> key, String source) {
    return new OpenAiSettings(
        name, baseUrl, key, Map.of(), HttpTimeouts.STREAM, LARGEST_ANSWER, source, Set.of());
  }

  /**
   * How it calls the greatest number of output tokens: OpenAI itself, which is the provider {@code
   * openai} and whatever lies at OpenAI's own hosts, by the newer name, because its reasoning
   * models refuse the older one; everybody else by the one that all know.
   */
  CapName capName() {
    String host = baseUrl.getHost().toLowerCase(Locale.ROOT);
    return name.equals("openai") || host.endsWith(".openai.com")
        ? CapName.MAX_COMPLETION_TOKENS
        : CapName.MAX_TOKENS;
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
    return "OpenAiSettings[" + name + " at " + baseUrl + "]";
  }
}
