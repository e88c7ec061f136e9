package dev.assay.app.e2e.client;

import dev.assay.testkit.upstream.Reply;
import java.util.ArrayList;
import java.util.List;

/** What OpenAI's API replies, in its own form. */
final class Replies {
  /** A list of two models. */
  static final String MODELS =
      """
      {"object":"list","data":[
        {"id":"gpt-4o-mini","object":"model","created":1721172741,"owned_by":"system"},
        {"id":"gpt-4.1","object":"model","created":1744316542,"owned_by":"system"}]}\
      """;

  /** 1,000 tokens in, of which 400 from the cache, and 200 out, of which 50 reasoning. */
  static final String USAGE =
      """
      {"prompt_tokens":1000,"completion_tokens":200,"total_tokens":1200,\
      "prompt_tokens_details":{"cached_tokens":400},\
      "completion_tokens_details":{"reasoning_tokens":50}}\
      """;

  /** What that costs with gpt-4o-mini: (600 × 0.15 + 400 × 0.075 + 200 × 0.60) / 1,000,000. */
  static final String COST = "0.00024";

  private Replies() {}

  /** A whole answer. */
  static String completion(String text) {
    return message(
        "{\"role\":\"assistant\",\"content\":\"" + text + "\",\"refusal\":null}", "stop");
  }

  /** A whole answer with any message. */
  static String message(String message, String finish) {
    return """
    {"id":"chatcmpl-1","object":"chat.completion","created":1741569952,\
    "model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":%s,"logprobs":null,\
    "finish_reason":"%s"}],"usage":%s,"service_tier":"default","system_fingerprint":"fp_1"}\
    """
        .formatted(message, finish, USAGE);
  }

  /** A streamed answer: the role, texts, the finish reason, the usage, the end mark. */
  static Reply stream(String... texts) {
    List<String> events = new ArrayList<>();
    events.add(delta("{\"role\":\"assistant\",\"content\":\"\"}"));
    for (String text : texts) {
      events.add(text(text));
    }
    events.addAll(ending("stop"));
    return Reply.events(events);
  }

  /** What ends a stream. */
  static List<String> ending(String finish) {
    return List.of(
        chunk("[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + finish + "\"}]", "null"),
        chunk("[]", USAGE),
        "data: [DONE]\n\n");
  }

  /** An event with text. */
  static String text(String text) {
    return delta("{\"content\":\"" + text + "\"}");
  }

  /** An event with any delta. */
  static String delta(String delta) {
    return chunk("[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]", "null");
  }

  private static String chunk(String choices, String usage) {
    return """
    data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1741569952,\
    "model":"gpt-4o-mini-2024-07-18","choices":%s,"usage":%s}

    """
        .formatted(choices, usage);
  }

  /** An error. */
  static Reply error(int status, String message, String code) {
    return Reply.json(
        status,
        """
        {"error":{"message":"%s","type":"some_type","param":"some_param","code":"%s"}}\
        """
            .formatted(message, code));
  }
}
