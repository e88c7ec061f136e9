package dev.assay.providers.azure;

import dev.assay.core.model.Provider;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.providers.attempt.Account;
import dev.assay.providers.openai.ApiChoice;
import dev.assay.providers.openai.ResponsesDialect;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.wire.http.HttpClient;
import java.net.URI;
import java.util.Optional;

/** Responses as Azure writes them. */
final class AzureResponsesDialect extends ResponsesDialect {
  static final AzureResponsesDialect INSTANCE = new AzureResponsesDialect();

  private AzureResponsesDialect() {}

  @Override
  public Provider adapter(
      URI upstream, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    Account account = Account.of("azure", upstream, Optional.of(ProviderRig.KEY), "assay.yaml");
    return new AzureProvider(
        new AzureSettings(account, AzureSettings.API_VERSION, ApiChoice.RESPONSES),
        http,
        secrets,
        clock,
        tasks);
  }
}
