package dev.assay.app.config;

import dev.assay.providers.attempt.Account;
import dev.assay.providers.azure.AzureSettings;
import dev.assay.providers.openai.ApiChoice;
import java.util.List;
import java.util.Optional;

/**
 * A provider that is asked over HTTP.
 *
 * @param name its name, the prefix of its models
 * @param source where its configuration was found, such as {@code OPENAI_API_KEY}
 * @param format what it speaks
 * @param account where it is and what it is told; absent only when it cannot be used
 * @param models models that it is known to have, without the prefix, the preferred one first
 * @param api by which of OpenAI's APIs it is asked; absent is what its address suggests
 * @param version the version of its API; absent is the default one
 * @param outputTokens the cap on output tokens where its API wants one and the request has none
 * @param assumed whether nobody named it: it is used when it happens to be there
 * @param unusable why it cannot be used and what to do about it
 * @param secrets what it is told that must not be shown
 */
public record ProviderSettings(
    String name,
    String source,
    Format format,
    Optional<Account> account,
    List<String> models,
    Optional<ApiChoice> api,
    Optional<String> version,
    long outputTokens,
    boolean assumed,
    Optional<String> unusable,
    List<Secret> secrets) {
  /** What a provider speaks. */
  public enum Format {
    /** OpenAI's APIs, as many servers do. */
    OPENAI,
    /** OpenAI's APIs as Azure has them. */
    AZURE,
    /** Anthropic's API. */
    ANTHROPIC,
    /** Google's Gemini API. */
    GEMINI
  }

  /**
   * Checks that what can be used has an account, and that Azure's settings fit each other; copies
   * the lists.
   */
  public ProviderSettings {
    models = List.copyOf(models);
    secrets = List.copyOf(secrets);
    if (account.isEmpty() && unusable.isEmpty()) {
      throw new IllegalArgumentException(name + ": has no account");
    }
    if (format == Format.AZURE && account.isPresent()) {
      azure(account.get(), version, api);
    }
  }

  /** What it is as a resource of Azure; only for one that speaks {@link Format#AZURE}. */
  public AzureSettings azure() {
    return azure(account.orElseThrow(), version, api);
  }

  private static AzureSettings azure(
      Account account, Optional<String> version, Optional<ApiChoice> api) {
    return new AzureSettings(
        account, version.orElse(AzureSettings.API_VERSION), api.orElse(ApiChoice.AUTO));
  }
}
