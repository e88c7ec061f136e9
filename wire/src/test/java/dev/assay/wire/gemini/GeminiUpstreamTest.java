package dev.assay.wire.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiUpstreamTest {
  private static AnswerRead read(String body) {
    return GeminiUpstream.FORMAT.answer(Bytes.utf8(body));
  }

  private static AnswerRead.Completion completion(String body) {
    AnswerRead read = read(body);
    assertThat(read).isInstanceOf(AnswerRead.Completion.class);
    return (AnswerRead.Completion) read;
  }

  private static AnswerRead.Completion candidate(String parts, String finish) {
    return completion(
        "{\"responseId\":\"r_1+x\",\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":["
            + parts
            + "]},\"finishReason\":"
            + finish
            + "}]}");
  }

  private static Usage usage(String usage) {
    return completion("{\"usageMetadata\":" + usage + ",\"candidates\":[{}]}").usage();
  }

  private static Part signed(String text, String signature) {
    return new Part.Reasoning(
        text,
        Optional.of(
            new Signature(
                WireFormat.GEMINI, Signature.Kind.SIGNATURE, signature, Optional.empty())));
  }

  @Test
  void an_answer_is_read_whole() {
    String body =
        """
        {
          "candidates": [{
            "content": {"parts": [{"text": "Paris", "thoughtSignature": "Ci=="}], "role": "model"},
            "finishReason": "STOP", "index": 0, "avgLogprobs": -0.1,
            "safetyRatings": [{"category": "HARM_CATEGORY_HARASSMENT", "probability": "NEGLIGIBLE"}]
          }],
          "usageMetadata": {"promptTokenCount": 8, "candidatesTokenCount": 1, "totalTokenCount": 40,
            "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 8}], "thoughtsTokenCount": 31},
          "modelVersion": "gemini-2.5-flash", "responseId": "mAbc"
        }
        """;
    assertThat(completion(body))
        .isEqualTo(
            new AnswerRead.Completion(
                Optional.of("mAbc"),
                Optional.of("gemini-2.5-flash"),
                List.of(signed("", "Ci=="), new Part.Text("Paris")),
                FinishReason.STOP,
                new Usage(8, 0, 0, 0, 32, 31, Provenance.REPORTED)));
  }

  @Nested
  class TheParts {
    @Test
    void of_thoughts_and_tool_calls_are_read() {
      AnswerRead.Completion read =
          candidate(
              "{\"text\":\"hm\",\"thought\":true},{\"text\":\"Let me \"},{\"text\":\"see.\"},"
                  + "{\"functionCall\":{\"name\":\"f\",\"args\":{ \"a b\" : [1, \"x \\\" y\"],\n \"n\":1.50 }},\"thoughtSignature\":\"Ci\"},"
                  + "{\"functionCall\":{\"id\":\"own\",\"name\":\"g\"}}",
              "\"STOP\"");
      assertThat(read.parts())
          .containsExactly(
              new Part.Reasoning("hm", Optional.empty()),
              new Part.Text("Let me see."),
              signed("", "Ci"),
              new Part.ToolCall("call_r_1_x_0", "f", "{\"a b\":[1,\"x \\\" y\"],\"n\":1.50}"),
              new Part.ToolCall("own", "g", "{}"));
      assertThat(read.finish()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void of_a_call_have_a_name_when_the_answer_has_none() {
      assertThat(
              completion(
                      "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"a.b\"}},{\"functionCall\":{\"name\":\"a.b\"}}]}}]}")
                  .parts())
          .containsExactly(
              new Part.ToolCall("call_a_b_0", "a.b", "{}"),
              new Part.ToolCall("call_a_b_1", "a.b", "{}"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"QUJD\"},\"thoughtSignature\":\"Ci\"}",
          "{\"fileData\":{\"fileUri\":\"https://x/y\"}}",
          "{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1\"}}",
          "{\"codeExecutionResult\":{\"outcome\":\"OUTCOME_OK\"}}",
          "{\"somethingNew\":{\"a\": [1]}}",
        })
    void that_are_not_understood_stay_as_they_are(String part) {
      Part kept = new Part.Opaque(WireFormat.GEMINI, Bytes.utf8(part));
      assertThat(candidate("{\"text\":\"a\"}," + part + ",{\"text\":\"b\"}", "\"STOP\"").parts())
          .containsExactly(new Part.Text("a"), kept, new Part.Text("b"));
    }

    @Test
    void may_be_described_without_being_something_else() {
      assertThat(candidate("{\"text\":\"a\",\"partMetadata\":{\"x\":1}}", "\"STOP\"").parts())
          .containsExactly(new Part.Text("a"));
    }

    @Test
    void are_those_of_the_first_candidate() {
      assertThat(
              completion(
                      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}},{\"content\":{\"parts\":[{\"text\":\"b\"}]}}]}")
                  .parts())
          .containsExactly(new Part.Text("a"));
    }

    @Test
    void may_tell_how_likely_their_tokens_were() {
      AnswerRead.Completion read =
          completion(
              "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"ab\"}]},\"logprobsResult\":{"
                  + "\"topCandidates\":[{\"candidates\":[{\"token\":\"a\",\"logProbability\":-0.5},{\"token\":\"x\",\"logProbability\":-2}]},7],"
                  + "\"chosenCandidates\":[{\"token\":\"a\",\"tokenId\":7,\"logProbability\":-0.5},{\"token\":\"b\"}]}}]}");
      TokenLogprob first = new TokenLogprob("a", -0.5, Optional.empty(), List.of());
      TokenLogprob other = new TokenLogprob("x", -2, Optional.empty(), List.of());
      assertThat(read.parts())
          .containsExactly(
              new Part.Text("ab"),
              new Part.Logprobs(
                  List.of(
                      new TokenLogprob("a", -0.5, Optional.empty(), List.of(first, other)),
                      new TokenLogprob("b", 0, Optional.empty(), List.of()))));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "\"STOP\", STOP",
    "\"MAX_TOKENS\", LENGTH",
    "\"SAFETY\", CONTENT_FILTER",
    "\"RECITATION\", CONTENT_FILTER",
    "\"BLOCKLIST\", CONTENT_FILTER",
    "\"PROHIBITED_CONTENT\", CONTENT_FILTER",
    "\"SPII\", CONTENT_FILTER",
    "\"IMAGE_SAFETY\", CONTENT_FILTER",
    "\"MALFORMED_FUNCTION_CALL\", OTHER",
    "\"LANGUAGE\", OTHER",
    "\"FINISH_REASON_UNSPECIFIED\", OTHER",
    "null, OTHER",
    "7, OTHER",
  })
  void the_finish_reason_is_understood(String word, FinishReason reason) {
    assertThat(candidate("{\"text\":\"x\"}", word).finish()).isEqualTo(reason);
  }

  @Test
  void a_blocked_prompt_is_an_answer_without_parts() {
    AnswerRead.Completion read =
        completion(
            "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},\"usageMetadata\":"
                + "{\"promptTokenCount\":7,\"totalTokenCount\":7},\"modelVersion\":\"m\"}");
    assertThat(read.parts()).isEmpty();
    assertThat(read.finish()).isEqualTo(FinishReason.CONTENT_FILTER);
    assertThat(read.usage()).isEqualTo(Usage.reported(7, 0));
  }

  @Nested
  class TheUsage {
    @Test
    void separates_the_cache_the_thoughts_and_the_audio() {
      assertThat(
              usage(
                  "{\"promptTokenCount\":1000,\"cachedContentTokenCount\":600,\"candidatesTokenCount\":50,"
                      + "\"thoughtsTokenCount\":200,\"toolUsePromptTokenCount\":30,\"totalTokenCount\":1280,"
                      + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":700},{\"modality\":\"AUDIO\",\"tokenCount\":300}],"
                      + "\"cacheTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":100}],"
                      + "\"candidatesTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":20}]}"))
          .isEqualTo(new Usage(430, 600, 0, 0, 250, 200, 200, 20, Provenance.REPORTED));
    }

    @Test
    void leaves_out_what_is_zero() {
      assertThat(usage("{\"promptTokenCount\":9,\"thoughtsTokenCount\":64,\"totalTokenCount\":73}"))
          .isEqualTo(new Usage(9, 0, 0, 0, 64, 64, Provenance.REPORTED));
      assertThat(usage("{\"promptTokenCount\":9,\"totalTokenCount\":12}"))
          .isEqualTo(Usage.reported(9, 3));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "null",
          "7",
          "[]",
          "{}",
          "{\"candidatesTokenCount\":1}",
          "{\"promptTokenCount\":-1,\"candidatesTokenCount\":1}",
          "{\"promptTokenCount\":\"1\",\"candidatesTokenCount\":1}",
          "{\"promptTokenCount\":1,\"cachedContentTokenCount\":2}",
          "{\"promptTokenCount\":9000000000000000000}",
        })
    void that_says_nothing_usable_is_absent(String usage) {
      assertThat(usage(usage)).isEqualTo(Usage.ABSENT);
    }
  }

  @Nested
  class ABody {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "<html>",
          "[]",
          "{}",
          "{\"candidates\":[]}",
          "{\"candidates\":{}}",
          "{\"candidates\":[7]}",
          "{\"promptFeedback\":{}}",
          "{\"candidates\":[{}]",
          "{\"candidates\":[{}]}x",
        })
    void without_a_candidate_is_malformed(String body) {
      assertThat(read(body)).isInstanceOf(AnswerRead.Malformed.class);
    }

    @Test
    void with_an_error_has_failed() {
      assertThat(read("{\"error\":{\"code\":500,\"message\":\"no\",\"status\":\"INTERNAL\"}}"))
          .isInstanceOf(AnswerRead.Failed.class);
    }

    @Test
    void that_is_damaged_never_throws() {
      Random random = new Random(11);
      byte[] sound =
          ("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\",\"thought\":true},"
                  + "{\"functionCall\":{\"name\":\"f\",\"args\":{\"a\":[\"\\n\"]}},\"thoughtSignature\":\"x\"}]},"
                  + "\"finishReason\":\"STOP\",\"logprobsResult\":{\"chosenCandidates\":[{\"token\":\"a\"}]}}],"
                  + "\"embeddings\":[{\"values\":[0.5,1]}],\"totalTokens\":7,"
                  + "\"error\":{\"details\":[{\"retryDelay\":\"37s\",\"violations\":[{\"quotaId\":\"x\"}]}]},"
                  + "\"usageMetadata\":{\"promptTokenCount\":12,\"promptTokensDetails\":[{\"modality\":\"AUDIO\"}]}}")
              .getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 20_000; i++) {
        byte[] damaged = sound.clone();
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        damaged[random.nextInt(damaged.length)] = (byte) "{}[]\",:0".charAt(random.nextInt(8));
        Bytes body = Bytes.wrap(damaged);
        assertThat(GeminiUpstream.FORMAT.answer(body)).isNotNull();
        assertThat(GeminiUpstream.FORMAT.error(body)).isNotNull();
        assertThat(GeminiUpstream.FORMAT.events().read(body)).isNotNull();
        assertThat(new GeminiEmbeddings(1).answer(body)).isNotNull();
        assertThat(GeminiTokenCount.FORMAT.answer(body)).isNotNull();
      }
    }
  }

  @Nested
  class AnErrorBody {
    private static ApiError error(String body) {
      return GeminiErrorReader.read(Bytes.utf8(body)).orElseThrow();
    }

    @Test
    void of_a_wrong_key_says_so() {
      ApiError error =
          error(
              "[{\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":\"INVALID_ARGUMENT\",\"details\":["
                  + "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\",\"domain\":\"googleapis.com\"},"
                  + "{\"@type\":\"type.googleapis.com/google.rpc.LocalizedMessage\",\"locale\":\"en\"}]}}]");
      assertThat(error)
          .isEqualTo(
              new ApiError(
                  Optional.of("API key not valid."),
                  Optional.of("INVALID_ARGUMENT"),
                  Optional.empty(),
                  Optional.of("API_KEY_INVALID"),
                  true,
                  Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
      "GenerateRequestsPerMinutePerProjectPerModel, 37s, 429, 37000",
      "GenerateRequestsPerMinutePerProjectPerModel, 0.5s, 429, 500",
      "GenerateRequestsPerDayPerProjectPerModel, 38.804097346s, insufficient_quota, 38804",
      "GenerateRequestsPerMinutePerProjectPerModel, soon, 429, ",
      "GenerateRequestsPerMinutePerProjectPerModel, 999999999999s, 429, ",
    })
    void of_a_limit_tells_the_pause(String quota, String delay, String code, Long millis) {
      ApiError error =
          error(
              "{\"error\":{\"code\":429,\"message\":\"m\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":["
                  + "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":[{\"quotaMetric\":\"x\",\"quotaId\":\""
                  + quota
                  + "\",\"quotaDimensions\":{\"model\":\"g\"}}]},{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\""
                  + delay
                  + "\"}]}}");
      assertThat(error.code()).contains(code);
      assertThat(error.type()).contains("RESOURCE_EXHAUSTED");
      assertThat(error.pause().map(Duration::toMillis)).isEqualTo(Optional.ofNullable(millis));
    }

    @Test
    void may_blame_a_field() {
      assertThat(
              error(
                      "{\"error\":{\"code\":400,\"message\":\"m\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"fieldViolations\":"
                          + "[{\"field\":\"contents[0]\",\"description\":\"d\"},{\"field\":\"b\"}]}]}}")
                  .param())
          .contains("contents[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "7", "[]", "{}", "{\"error\":null}", "{\"error\":"})
    void that_is_none_is_absent(String body) {
      assertThat(GeminiErrorReader.read(Bytes.utf8(body))).isEmpty();
    }
  }

  @Nested
  class Embeddings {
    private static AnswerRead read(int texts, String body) {
      return new GeminiEmbeddings(texts).answer(Bytes.utf8(body));
    }

    @Test
    void are_one_vector_for_each_text() {
      AnswerRead.Completion read =
          (AnswerRead.Completion)
              read(2, "{\"embeddings\":[{\"values\":[0.25,-1e-3]},{\"x\":[1],\"values\":[7,0]}]}");
      assertThat(read.parts())
          .containsExactly(
              new Part.Embedding(Vector.of(0.25f, -1e-3f)), new Part.Embedding(Vector.of(7f, 0)));
      assertThat(read.usage()).isEqualTo(Usage.ABSENT);
    }

    @Test
    void may_tell_their_usage() {
      AnswerRead.Completion read =
          (AnswerRead.Completion)
              read(
                  1,
                  "{\"embeddings\":[{\"values\":[1]}],\"usageMetadata\":{\"promptTokenCount\":5}}");
      assertThat(read.usage()).isEqualTo(Usage.reported(5, 0));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "[]",
          "{}",
          "{\"embeddings\":7}",
          "{\"embeddings\":[]}",
          "{\"embeddings\":[7]}",
          "{\"embeddings\":[{}]}",
          "{\"embeddings\":[{\"values\":[]}]}",
          "{\"embeddings\":[{\"values\":[\"1\"]}]}",
          "{\"embeddings\":[{\"values\":[1e99]}]}",
          "{\"embeddings\":[{\"values\":[1]},{\"values\":[1]}]}",
          "{\"embeddings\":[{\"values\":[1]}",
        })
    void that_are_not_there_are_malformed(String body) {
      assertThat(read(1, body)).isInstanceOf(AnswerRead.Malformed.class);
    }

    @Test
    void may_be_long() {
      String numbers = "1,".repeat(3_071) + "1";
      AnswerRead.Completion read =
          (AnswerRead.Completion) read(1, "{\"embeddings\":[{\"values\":[" + numbers + "]}]}");
      assertThat(((Part.Embedding) read.parts().getFirst()).vector().dimension()).isEqualTo(3_072);
    }
  }

  @Test
  void tokens_are_counted_for_nothing() {
    AnswerRead.Completion read =
        (AnswerRead.Completion)
            GeminiTokenCount.FORMAT.answer(
                Bytes.utf8("{\"totalTokens\":31,\"promptTokensDetails\":[{\"x\":1}]}"));
    assertThat(read.parts()).containsExactly(new Part.TokenCount(31));
    assertThat(read.usage()).isEqualTo(Usage.NONE);
    assertThat(GeminiTokenCount.FORMAT.answer(Bytes.utf8("{\"totalTokens\":-1}")))
        .isInstanceOf(AnswerRead.Malformed.class);
    assertThat(GeminiTokenCount.FORMAT.answer(Bytes.utf8("{\"error\":{\"code\":404}}")))
        .isInstanceOf(AnswerRead.Failed.class);
  }
}
