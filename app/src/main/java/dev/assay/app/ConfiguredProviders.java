package dev.assay.app;

import dev.assay.app.config.Configuration;
import dev.assay.app.config.ProviderSettings;
import dev.assay.core.model.Provider;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.gateway.names.Providers;
import dev.assay.providers.anthropic.AnthropicProvider;
import dev.assay.providers.anthropic.AnthropicSettings;
import dev.assay.providers.attempt.Account;
import dev.assay.providers.azure.AzureProvider;
import dev.assay.providers.gemini.GeminiProvider;
import dev.assay.providers.local.LocalProvider;
import dev.assay.providers.local.LocalSettings;
import dev.assay.providers.openai.ApiChoice;
import dev.assay.providers.openai.OpenAiProvider;
import dev.assay.providers.sim.SimProvider;
import dev.assay.wire.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the providers that are configured. */
final class ConfiguredProviders {
  private static final Map<String, String> OTHER_NAMES =
      Map.of("google", "gemini", "azure_openai", "azure");

  private ConfiguredProviders() {}

  /** All providers: those that can be used, those in process last, and those that can not. */
  static Providers of(
      Configuration configuration, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    List<Provider> usable = new ArrayList<>();
    List<ProviderStatus> unusable = new ArrayList<>();
    for (ProviderSettings provider : configuration.providers()) {
      if (provider.unusable().isEmpty()) {
        usable.add(made(provider, http, secrets, clock, tasks));
      } else {
        unusable.add(status(provider));
      }
    }
    usable.add(new LocalProvider(LocalSettings.of(natives(configuration)), clock));
    usable.add(new SimProvider(configuration.sim(), clock, tasks));
    return new Providers(usable, unusable, OTHER_NAMES);
  }

  private static Provider made(
      ProviderSettings provider, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    Account account = provider.account().orElseThrow();
    return switch (provider.format()) {
      case AZURE -> new AzureProvider(provider.azure(), http, secrets, clock, tasks);
      case OPENAI ->
          new OpenAiProvider(
              account,
              provider.api().orElseGet(() -> ApiChoice.standard(account)),
              http,
              secrets,
              clock,
              tasks);
      case ANTHROPIC ->
          new AnthropicProvider(
              new AnthropicSettings(account, provider.outputTokens()), http, secrets, clock, tasks);
      case GEMINI -> new GeminiProvider(account, http, secrets, clock, tasks);
    };
  }

  /** The folder of the home that native libraries are unpacked into when they are needed. */
  private static Path natives(Configuration configuration) {
    return configuration.ledger().home().resolve("native");
  }

  /** What is known of a provider that cannot be used. */
  static ProviderStatus status(ProviderSettings provider) {
    return new ProviderStatus(provider.name(), provider.source(), provider.unusable(), List.of());
  }
}
