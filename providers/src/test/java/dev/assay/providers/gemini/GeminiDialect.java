package dev.assay.providers.gemini;

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

/** Gemini's generateContent as a server writes it. */
final class GeminiDialect implements Dialect {
  static final GeminiDialect INSTANCE = new GeminiDialect();

  private static final String USAGE_JSON =
      ",\"usageMetadata\":{\"promptTokenCount\":10,\"candidatesTokenCount\":5,\"totalTokenCount\":15}";

  private GeminiDialect() {}

  @Override
  public Provider adapter(
      URI upstream, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    Account account =
        Account.of(
            "gemini", upstream.resolve("/v1beta"), Optional.of(ProviderRig.KEY), "GEMINI_API_KEY");
    return new GeminiProvider(account, http, secrets, clock, tasks);
  }

  @Override
  public String answer(String text) {
    return response("{\"text\":" + quoted(text) + "}", ",\"finishReason\":\"STOP\"", USAGE_JSON);
  }

  @Override
  public String answerWithoutUsage(String text) {
    return response("{\"text\":" + quoted(text) + "}", ",\"finishReason\":\"STOP\"", "");
  }

  @Override
  public List<String> stream(String... texts) {
    return stream(USAGE_JSON, texts);
  }

  @Override
  public List<String> streamWithoutUsage(String... texts) {
    return stream("", texts);
  }

  private static List<String> stream(String usage, String... texts) {
    List<String> events = new ArrayList<>();
    for (String text : texts) {
      events.add(event(response("{\"text\":" + quoted(text) + "}", "", "")));
    }
    events.add(event(response("{\"text\":\"\"}", ",\"finishReason\":\"STOP\"", usage)));
    return events;
  }

  @Override
  public int openings() {
    return 0;
  }

  @Override
  public int endings() {
    return 1;
  }

  @Override
  public String error(String message) {
    return "{\"error\":{\"code\":500,\"message\":" + quoted(message) + ",\"status\":\"INTERNAL\"}}";
  }

  @Override
  public String errorEvent(String message) {
    return event(error(message));
  }

  @Override
  public List<String> wrongTypes() {
    return List.of(
        "{\"candidates\":7}",
        "{\"candidates\":[7,[]]}",
        "{\"candidates\":[{\"content\":\"x\",\"finishReason\":7}]}",
        "{\"candidates\":[{\"content\":{\"parts\":{\"text\":\"x\"}}}]}",
        "{\"candidates\":[{\"content\":{\"parts\":[7,{\"text\":{}},{\"functionCall\":[]},"
            + "{\"functionCall\":{\"name\":7}},{\"thought\":\"x\",\"thoughtSignature\":{}}]}}]}",
        "{\"candidates\":[{\"logprobsResult\":{\"chosenCandidates\":{},\"topCandidates\":[7]}}]}",
        "{\"candidates\":[{}],\"usageMetadata\":\"much\"}",
        "{\"candidates\":[{}],\"usageMetadata\":{\"promptTokenCount\":-1,"
            + "\"candidatesTokenCount\":\"5\",\"promptTokensDetails\":[7,{\"modality\":[]}]}}",
        "{\"candidates\":[{}],\"usageMetadata\":{\"promptTokenCount\":1e400,"
            + "\"candidatesTokenCount\":99999999999999999999}}",
        "{\"candidates\":[{}],\"usageMetadata\":{\"promptTokenCount\":9223372036854775807,"
            + "\"thoughtsTokenCount\":9223372036854775807}}",
        "{\"promptFeedback\":{\"blockReason\":7}}",
        "{\"error\":7}",
        "{\"error\":{\"code\":[],\"message\":{},\"details\":[7,{\"retryDelay\":7}]}}");
  }

  static String event(String json) {
    return "data: " + json + "\n\n";
  }

  static String response(String part, String finish, String usage) {
    return "{\"candidates\":[{\"content\":{\"parts\":["
        + part
        + "],\"role\":\"model\"}"
        + finish
        + ",\"index\":0}],\"modelVersion\":\"model-1-0613\",\"responseId\":\"r-1\""
        + usage
        + "}";
  }

  static String quoted(String text) {
    return Json.write(json -> json.writeString(text)).utf8();
  }
}
