package dev.assay.bench;

import dev.assay.core.bytes.Bytes;

/** Requests, answers and streams of the sizes that the benchmarks speak of. */
final class WireSamples {
  /** A request of about 600 bytes. */
  static final Bytes REQUEST =
      Bytes.utf8(
          """
          {"model":"openai/gpt-4o-mini","messages":[{"role":"system","content":"You are a helpful \
          assistant that answers in one short paragraph.\\nNever use lists."},{"role":"user",\
          "content":"Which of these two plans is cheaper over three years, if the first costs 12.50 a \
          month and the second costs 99 a year with a sign-up fee of 40?\\n\\nExplain briefly, and \
          show the \\"arithmetic\\" in one line so that I can check it. Assume that neither price \
          changes, and that both are paid at the beginning of each period."}],"temperature":0.2,\
          "max_tokens":400,"stream":false,"user":"u-1234"}\
          """);

  /** A whole answer of about 700 bytes. */
  static final Bytes ANSWER =
      Bytes.utf8(
          """
          {"id":"chatcmpl-AbCdEfGhIjKlMnOpQrStUvWxYz","object":"chat.completion","created":1790000000,\
          "model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant",\
          "content":"The second plan is cheaper: 3 x 99 + 40 = 337 against 36 x 12.50 = 450.\\nYou \
          save 113 over three years.","refusal":null,"annotations":[]},"logprobs":null,\
          "finish_reason":"stop"}],"usage":{"prompt_tokens":96,"completion_tokens":41,\
          "total_tokens":137,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},\
          "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,\
          "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},"service_tier":"default",\
          "system_fingerprint":"fp_0123456789"}\
          """);

  /** The data of one event of a stream, about 200 bytes. */
  static final Bytes CHUNK =
      Bytes.utf8(
          """
          {"id":"chatcmpl-AbCdEfGhIjKlMnOpQrStUvWxYz","object":"chat.completion.chunk",\
          "created":1790000000,"model":"gpt-4o-mini-2024-07-18","system_fingerprint":"fp_0123",\
          "choices":[{"index":0,"delta":{"content":" cheaper"},"logprobs":null,\
          "finish_reason":null}],"usage":null}\
          """);

  private WireSamples() {}

  /** A request whose prompt has 400 KB, a line break every 80 characters. */
  static Bytes largeRequest() {
    String line = "All work and no play makes a long prompt, and a long prompt makes some work.\\n";
    String prompt = line.repeat(400_000 / line.length());
    return Bytes.utf8(REQUEST.utf8().replace("Explain briefly", prompt + "Explain briefly"));
  }

  /** A stream of a hundred events. */
  static byte[] stream() {
    return ("data: " + CHUNK.utf8() + "\n\n")
        .repeat(100)
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
