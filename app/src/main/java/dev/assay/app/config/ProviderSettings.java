package dev.assay.app.config;

import dev.assay.providers.attempt.Account;
import java.util.List;
import java.util.Optional;

/**
 * A provider that speaks OpenAI's Chat Completions.
 *
 * @param account where it is and what it is told
 * @param models models that it is known to have, without the prefix, the preferred one first
 * @param unusable why it cannot be used and what to do about it
 * @param secrets what it is told that must not be shown
 */
public record ProviderSettings(
    Account account, List<String> models, Optional<String> unusable, List<Secret> secrets) {
  /** Copies the lists. */
  public ProviderSettings {
    models = List.copyOf(models);
    secrets = List.copyOf(secrets);
  }

  /** Its name, the prefix of its models. */
  public String name() {
    return account.name();
  }

  /** Where its configuration was found, such as {@code OPENAI_API_KEY}. */
  public String source() {
    return account.source();
  }
}
