package dev.assay.app.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider that speaks OpenAI's Chat Completions.
 *
 * @param name its name, the prefix of its models
 * @param source where its configuration was found, such as {@code OPENAI_API_KEY}
 * @param baseUrl where its API begins, such as {@code https://api.openai.com/v1}
 * @param key what it is told as the bearer of requests; absent for servers that need none
 * @param headers further headers of every request
 * @param models models that it is known to have, without the prefix, the preferred one first
 * @param timeouts how long an attempt may take
 * @param unusable why it cannot be used and what to do about it
 */
public record ProviderSettings(
    String name,
    String source,
    URI baseUrl,
    Optional<Secret> key,
    Map<String, Secret> headers,
    List<String> models,
    AttemptTimeouts timeouts,
    Optional<String> unusable) {
  /** Copies the collections. */
  public ProviderSettings {
    headers = Map.copyOf(headers);
    models = List.copyOf(models);
  }
}
