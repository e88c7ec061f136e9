package dev.assay.providers.anthropic;

import dev.assay.wire.http.Endpoint;
import dev.assay.wire.http.HttpTimeouts;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An account at Anthropic, or at another API that speaks its Messages.
 *
 * @param name the provider's name, the prefix of its models
 * @param baseUrl what stands before {@code /v1/messages}, such as {@code
 *     https://api.anthropic.com}; a {@code /v1} at its end counts once; without a query
 * @param key the key that is sent as {@code x-api-key}; absent for a server that wants none
 * @param headers more headers that every request carries; an {@code anthropic-beta} is joined with
 *     the client's
 * @param timeouts how long an attempt waits; {@link HttpTimeouts#afterClientGone} counts for
 *     streams only
 * @param largestAnswer the largest answer that is taken, in bytes
 * @param source where this was found, such as {@code ANTHROPIC_API_KEY}
 * @param models the names of models, without the prefix, that it has for certain
 * @param defaultMaxTokens the cap on output tokens for a request of another format that has none;
 *     the API insists on one
 */
public record AnthropicSettings(
    String name,
    URI baseUrl,
    Optional<String> key,
    Map<String, String> headers,
    HttpTimeouts timeouts,
    int largestAnswer,
    String source,
    Set<String> models,
    long defaultMaxTokens) {
  /** Where Anthropic's own API is. */
  public static final URI BASE_URL = URI.create("https://api.anthropic.com");

  /** The largest answer that is taken unless told otherwise: 32 MiB. */
  public static final int LARGEST_ANSWER = 32 * 1024 * 1024;

  /** The cap on output tokens unless told otherwise; every model since Claude 3.7 takes it. */
  public static final long DEFAULT_MAX_TOKENS = 16_384;

  // They are made here; another value would contradict the request.
  private static final Set<String> RESERVED =
      Set.of("host", "content-length", "content-type", "transfer-encoding", "connection");

  /** Checks name, address, headers and sizes, and copies the collections. */
  public AnthropicSettings {
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
    headers.forEach(AnthropicSettings::checkHeader);
    if (largestAnswer < 1) {
      throw new IllegalArgumentException("largestAnswer: must be positive");
    }
    if (defaultMaxTokens < 1) {
      throw new IllegalArgumentException("defaultMaxTokens: must be positive");
    }
    headers = Map.copyOf(headers);
    models = Set.copyOf(models);
  }

  /** An account with the default timeouts and limits. */
  public static AnthropicSettings of(
      String name, URI baseUrl, Optional<String> key, String source) {
    return new AnthropicSettings(
        name,
        baseUrl,
        key,
        Map.of(),
        HttpTimeouts.STREAM,
        LARGEST_ANSWER,
        source,
        Set.of(),
        DEFAULT_MAX_TOKENS);
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
    return "AnthropicSettings[" + name + " at " + baseUrl + "]";
  }
}
