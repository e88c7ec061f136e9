package dev.assay.providers.openai;

import dev.assay.core.model.Provider;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.providers.attempt.Account;
import dev.assay.wire.http.HttpClient;
import java.net.URI;
import java.util.Optional;

/** OpenAI's API as Ollama speaks it, without a key. */
final class OllamaDialect extends OpenAiDialect {
  static final OllamaDialect INSTANCE = new OllamaDialect();

  private OllamaDialect() {}

  @Override
  public Provider adapter(
      URI upstream, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    return new OpenAiProvider(
        Account.of("ollama", upstream.resolve("/v1"), Optional.empty(), "OLLAMA_API_KEY"),
        http,
        secrets,
        clock,
        tasks);
  }
}
