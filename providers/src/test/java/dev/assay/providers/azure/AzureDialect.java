package dev.assay.providers.azure;

import dev.assay.core.model.Provider;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.providers.openai.OpenAiDialect;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.wire.http.HttpClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chat Completions as Azure writes them: the filter's verdicts come before and behind. */
final class AzureDialect extends OpenAiDialect {
  static final AzureDialect INSTANCE = new AzureDialect();

  private static final String SAFE = "{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}";

  private AzureDialect() {}

  @Override
  public Provider adapter(
      URI upstream, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    return new AzureProvider(
        AzureSettings.of(
            upstream, Optional.of(ProviderRig.KEY), Optional.empty(), "AZURE_OPENAI_API_KEY"),
        http,
        secrets,
        clock,
        tasks);
  }

  @Override
  public List<String> stream(String... texts) {
    List<String> events = new ArrayList<>(super.stream(texts));
    events.addFirst(
        "data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
            + "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":"
            + SAFE
            + "}]}\n\n");
    return events;
  }

  @Override
  public int openings() {
    return 2;
  }
}
