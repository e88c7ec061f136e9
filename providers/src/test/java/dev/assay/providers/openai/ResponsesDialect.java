package dev.assay.providers.openai;

import dev.assay.core.model.Provider;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.providers.attempt.Account;
import dev.assay.testkit.contract.Dialect;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.wire.http.HttpClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OpenAI's Responses as a server writes them. */
public class ResponsesDialect implements Dialect {
  static final ResponsesDialect INSTANCE = new ResponsesDialect();

  private static final String USAGE_JSON =
      "\"usage\":{\"input_tokens\":10,\"input_tokens_details\":{\"cached_tokens\":0},"
          + "\"output_tokens\":5,\"output_tokens_details\":{\"reasoning_tokens\":0},"
          + "\"total_tokens\":15}";
  private static final String RESPONSE =
      "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1700000000,\"status\":\"%s\","
          + "\"error\":null,\"model\":\"model-1-0613\",\"output\":[%s],\"tools\":[]%s}";
  private static final String PLACE = "\"item_id\":\"msg_1\",\"output_index\":0";

  /** For a server of this dialect. */
  protected ResponsesDialect() {}

  @Override
  public Provider adapter(
      URI upstream, HttpClient http, Secrets secrets, Clock clock, Tasks tasks) {
    Account account =
        Account.of(
            "openai", upstream.resolve("/v1"), Optional.of(ProviderRig.KEY), "OPENAI_API_KEY");
    return new OpenAiProvider(account, ApiChoice.RESPONSES, http, secrets, clock, tasks);
  }

  @Override
  public String answer(String text) {
    return RESPONSE.formatted("completed", message(text), "," + USAGE_JSON);
  }

  @Override
  public String answerWithoutUsage(String text) {
    return RESPONSE.formatted("completed", message(text), "");
  }

  @Override
  public List<String> stream(String... texts) {
    return stream("," + USAGE_JSON, texts);
  }

  @Override
  public List<String> streamWithoutUsage(String... texts) {
    return stream("", texts);
  }

  private static List<String> stream(String usage, String... texts) {
    String begun = ",\"response\":" + RESPONSE.formatted("in_progress", "", ",\"usage\":null");
    String whole = String.join("", texts);
    List<String> events = new ArrayList<>();
    events.add(event("response.created", begun));
    events.add(event("response.in_progress", begun));
    events.add(
        event(
            "response.output_item.added",
            ",\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"content\":[]}"));
    events.add(event("response.content_part.added", "," + PLACE + ",\"part\":" + part("")));
    for (String text : texts) {
      events.add(
          event(
              "response.output_text.delta",
              "," + PLACE + ",\"content_index\":0,\"delta\":" + OpenAiDialect.quoted(text)));
    }
    if (texts.length > 0) {
      events.add(
          event(
              "response.output_text.done",
              "," + PLACE + ",\"text\":" + OpenAiDialect.quoted(whole)));
      events.add(event("response.content_part.done", "," + PLACE + ",\"part\":" + part(whole)));
      events.add(
          event("response.output_item.done", ",\"output_index\":0,\"item\":" + message(whole)));
    }
    String output = texts.length > 0 ? message(whole) : "";
    events.add(
        event(
            "response.completed",
            ",\"response\":" + RESPONSE.formatted("completed", output, usage)));
    return events;
  }

  @Override
  public int openings() {
    return 4;
  }

  @Override
  public int closings() {
    return 3;
  }

  @Override
  public int endings() {
    return 1;
  }

  @Override
  public String error(String message) {
    return OpenAiDialect.INSTANCE.error(message);
  }

  @Override
  public String errorEvent(String message) {
    return event(
        "error",
        ",\"code\":\"server_error\",\"message\":"
            + OpenAiDialect.quoted(message)
            + ",\"param\":null");
  }

  @Override
  public List<String> wrongTypes() {
    return List.of(
        "{\"id\":7,\"output\":\"none\"}",
        "{\"output\":[7,{\"type\":7},{\"type\":\"message\",\"content\":\"hi\"}]}",
        "{\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":7}]}]}",
        "{\"output\":[{\"type\":\"function_call\",\"name\":{},\"arguments\":[]}],\"status\":[]}",
        "{\"output\":[{\"type\":\"reasoning\",\"summary\":7,\"encrypted_content\":{}}]}",
        "{\"output\":[],\"usage\":\"much\",\"incomplete_details\":7}",
        "{\"output\":[],\"usage\":{\"input_tokens\":-1,\"output_tokens\":\"5\"}}",
        "{\"output\":[],\"usage\":{\"input_tokens\":1e400,"
            + "\"output_tokens\":99999999999999999999}}",
        "{\"output\":[],\"usage\":{\"input_tokens\":9223372036854775807,"
            + "\"output_tokens\":9223372036854775807,"
            + "\"output_tokens_details\":{\"reasoning_tokens\":9223372036854775807}}}",
        "{\"error\":7}",
        "{\"error\":[]}");
  }

  private static String event(String type, String members) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + members + "}\n\n";
  }

  private static String part(String text) {
    return "{\"type\":\"output_text\",\"annotations\":[],\"text\":"
        + OpenAiDialect.quoted(text)
        + "}";
  }

  private static String message(String text) {
    return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":["
        + part(text)
        + "]}";
  }
}
