package dev.assay.providers.openai;

import dev.assay.core.model.Provider;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.providers.attempt.Account;
import dev.assay.testkit.contract.Dialect;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.json.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OpenAI's Chat Completions as a server writes them. */
public class OpenAiDialect implements Dialect {
  static final OpenAiDialect INSTANCE = new OpenAiDialect();

  private static final String USAGE_JSON =
      "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}";
  private static final String CHUNK =
      "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
          + "\"model\":\"model-1-0613\",\"choices\":[%s]%s}\n\n";

  /** For a server of this dialect. */
  protected OpenAiDialect() {}

  @Override
  public Provider adapter(
      URI upstream, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    Account settings =
        Account.of(
            "openai", upstream.resolve("/v1"), Optional.of(ProviderRig.KEY), "OPENAI_API_KEY");
    return new OpenAiProvider(settings, http, secrets, clock, tasks);
  }

  @Override
  public String answer(String text) {
    return completion(text, "," + USAGE_JSON);
  }

  @Override
  public String answerWithoutUsage(String text) {
    return completion(text, "");
  }

  @Override
  public List<String> stream(String... texts) {
    List<String> events = new ArrayList<>();
    events.add(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    for (String text : texts) {
      events.add(chunk("{\"content\":" + quoted(text) + "}", "null"));
    }
    events.add(chunk("{}", "\"stop\""));
    events.add(CHUNK.formatted("", "," + USAGE_JSON));
    events.add("data: [DONE]\n\n");
    return events;
  }

  @Override
  public List<String> streamWithoutUsage(String... texts) {
    return stream(texts).stream().filter(event -> !event.contains("\"usage\"")).toList();
  }

  @Override
  public int endings() {
    return 3;
  }

  @Override
  public String error(String message) {
    return "{\"error\":{\"message\":" + quoted(message) + ",\"type\":null,\"code\":null}}";
  }

  @Override
  public String errorEvent(String message) {
    return "data: {\"error\":{\"message\":"
        + quoted(message)
        + ",\"type\":\"server_error\",\"code\":null}}\n\n";
  }

  @Override
  public List<String> wrongTypes() {
    return List.of(
        "{\"id\":7,\"choices\":\"none\"}",
        "{\"choices\":[7,{\"message\":\"hi\"}]}",
        "{\"choices\":[{\"message\":{\"content\":{\"a\":1}},\"finish_reason\":[]}]}",
        "{\"choices\":[{\"message\":{\"content\":\"x\",\"tool_calls\":{\"id\":1}}}]}",
        "{\"choices\":[{\"message\":{\"content\":\"x\"}}],\"usage\":\"much\"}",
        "{\"choices\":[{\"message\":{\"content\":\"x\"}}],"
            + "\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":\"5\"}}",
        "{\"choices\":[{\"message\":{\"content\":\"x\"}}],"
            + "\"usage\":{\"prompt_tokens\":1e400,\"completion_tokens\":99999999999999999999}}",
        "{\"choices\":[{\"message\":{\"content\":\"x\"}}],"
            + "\"usage\":{\"prompt_tokens\":9223372036854775807,"
            + "\"completion_tokens\":9223372036854775807,"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":9223372036854775807}}}",
        "{\"error\":7}",
        "{\"error\":[]}");
  }

  static String chunk(String delta, String finish) {
    return CHUNK.formatted(
        "{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}", "");
  }

  static String quoted(String text) {
    return Json.write(json -> json.writeString(text)).utf8();
  }

  private static String completion(String text, String usage) {
    return "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1700000000,"
        + "\"model\":\"model-1-0613\",\"choices\":[{\"index\":0,\"message\":"
        + "{\"role\":\"assistant\",\"content\":"
        + quoted(text)
        + "},\"finish_reason\":\"stop\"}]"
        + usage
        + "}";
  }
}
