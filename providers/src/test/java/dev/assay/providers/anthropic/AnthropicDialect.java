package dev.assay.providers.anthropic;

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

/** Anthropic's Messages as the API writes them. */
final class AnthropicDialect implements Dialect {
  static final AnthropicDialect INSTANCE = new AnthropicDialect();

  private static final String MESSAGE =
      "\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"model-1-0613\"";

  private AnthropicDialect() {}

  @Override
  public Provider adapter(
      URI upstream, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    Account account =
        Account.of("anthropic", upstream, Optional.of(ProviderRig.KEY), "ANTHROPIC_API_KEY");
    return new AnthropicProvider(AnthropicSettings.of(account), http, secrets, clock, tasks);
  }

  @Override
  public String answer(String text) {
    return message(
        "{\"type\":\"text\",\"text\":" + quoted(text) + "}",
        "end_turn",
        ",\"usage\":{\"input_tokens\":10,\"output_tokens\":5}");
  }

  @Override
  public String answerWithoutUsage(String text) {
    return message("{\"type\":\"text\",\"text\":" + quoted(text) + "}", "end_turn", "");
  }

  static String message(String content, String stop, String usage) {
    return "{"
        + MESSAGE
        + ",\"content\":["
        + content
        + "],\"stop_reason\":\""
        + stop
        + "\",\"stop_sequence\":null"
        + usage
        + "}";
  }

  @Override
  public List<String> stream(String... texts) {
    return stream(
        ",\"usage\":{\"input_tokens\":10,\"output_tokens\":1}",
        ",\"usage\":{\"output_tokens\":5}",
        texts);
  }

  @Override
  public List<String> streamWithoutUsage(String... texts) {
    return stream("", "", texts);
  }

  private static List<String> stream(String first, String last, String... texts) {
    List<String> events = new ArrayList<>();
    events.add(start(first));
    events.add(
        event(
            "content_block_start",
            "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
    events.add(event("ping", ""));
    for (String text : texts) {
      events.add(delta(0, "\"type\":\"text_delta\",\"text\":" + quoted(text)));
    }
    if (texts.length > 0) {
      events.add(stop(0));
    }
    events.add(end("end_turn", last));
    events.add(event("message_stop", ""));
    return events;
  }

  @Override
  public int openings() {
    return 3;
  }

  @Override
  public int closings() {
    return 1;
  }

  @Override
  public int endings() {
    return 2;
  }

  @Override
  public String error(String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":"
        + quoted(message)
        + "},\"request_id\":\"req_1\"}";
  }

  @Override
  public String errorEvent(String message) {
    return "event: error\ndata: " + error(message) + "\n\n";
  }

  @Override
  public List<String> wrongTypes() {
    return List.of(
        "{\"id\":7,\"content\":\"none\"}",
        "{\"content\":[7,{\"type\":8},{\"type\":\"text\",\"text\":{}}]}",
        "{\"content\":[{\"type\":\"tool_use\",\"id\":1,\"name\":[],\"input\":\"x\"}],"
            + "\"stop_reason\":{}}",
        "{\"content\":[{\"type\":\"thinking\",\"thinking\":1,\"signature\":[]}],\"usage\":\"much\"}",
        "{\"content\":[],\"usage\":{\"input_tokens\":-1,\"output_tokens\":\"5\"}}",
        "{\"content\":[],\"usage\":{\"input_tokens\":1e400,"
            + "\"output_tokens\":99999999999999999999}}",
        "{\"content\":[],\"usage\":{\"input_tokens\":9223372036854775807,"
            + "\"output_tokens\":9223372036854775807,"
            + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":9223372036854775807}}}",
        "{\"error\":7}",
        "{\"type\":\"error\",\"error\":[]}");
  }

  static String start(String usage) {
    return event(
        "message_start",
        "\"message\":{"
            + MESSAGE
            + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null"
            + usage
            + "}");
  }

  static String begin(int index, String block) {
    return event(
        "content_block_start", "\"index\":" + index + ",\"content_block\":{" + block + "}");
  }

  static String delta(int index, String delta) {
    return event("content_block_delta", "\"index\":" + index + ",\"delta\":{" + delta + "}");
  }

  static String stop(int index) {
    return event("content_block_stop", "\"index\":" + index);
  }

  static String end(String reason, String usage) {
    return event(
        "message_delta",
        "\"delta\":{\"stop_reason\":\"" + reason + "\",\"stop_sequence\":null}" + usage);
  }

  static String event(String type, String members) {
    String more = members.isEmpty() ? "" : "," + members;
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + more + "}\n\n";
  }

  static String quoted(String text) {
    return Json.write(json -> json.writeString(text)).utf8();
  }
}
