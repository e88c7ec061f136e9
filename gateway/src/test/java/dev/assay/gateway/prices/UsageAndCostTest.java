package dev.assay.gateway.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.gemini.GeminiEmbeddings;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From the usage that a provider writes to the cost, to the last digit. The shapes and numbers are
 * those of the providers' documentation, the prices those of the table on the day of the test, and
 * the costs were worked out by hand: the sums stand beside them, in dollars a million tokens.
 */
class UsageAndCostTest {
  private static final Instant DAY = Instant.parse("2026-11-21T12:00:00Z");
  private static final PriceTable PRICES = PriceTable.shippedAnd(List.of());

  /**
   * A usage as it is written.
   *
   * @param about which of the documented cases it is
   * @param wire who writes it
   * @param json the usage object
   * @param model the full name of a model with a price
   * @param usage the disjoint classes
   * @param cost the dollars
   */
  record Case(String about, Api wire, String json, String model, Usage usage, String cost) {
    @Override
    public String toString() {
      return wire + ": " + about;
    }
  }

  private static Usage reported(
      long input, long read, long write5m, long write1h, long output, long reasoning) {
    return new Usage(input, read, write5m, write1h, output, reasoning, Provenance.REPORTED);
  }

  private static Usage withAudio(
      long input, long read, long output, long reasoning, long inputAudio, long outputAudio) {
    return new Usage(
        input, read, 0, 0, output, reasoning, inputAudio, outputAudio, Provenance.REPORTED);
  }

  static Stream<Case> cases() {
    return Stream.of(chat(), responses(), messages(), gemini()).flatMap(List::stream);
  }

  private static List<Case> chat() {
    return List.of(
        new Case(
            "the example of the API reference",
            Api.CHAT,
            """
            {"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,
            "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},
            "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,
            "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}\
            """,
            "openai/gpt-5.4",
            reported(19, 0, 0, 0, 10, 0),
            // 19 × 2.50 + 10 × 15.00
            "0.0001975"),
        new Case(
            "prompt caching",
            Api.CHAT,
            """
            {"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,
            "prompt_tokens_details":{"cached_tokens":1920},
            "completion_tokens_details":{"reasoning_tokens":0,
            "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}\
            """,
            "openai/gpt-4o",
            reported(86, 1920, 0, 0, 300, 0),
            // 86 × 2.50 + 1920 × 1.25 + 300 × 10.00
            "0.005615"),
        new Case(
            "reasoning is a part of the completion",
            Api.CHAT,
            """
            {"prompt_tokens":75,"completion_tokens":1186,"total_tokens":1261,
            "prompt_tokens_details":{"cached_tokens":0},
            "completion_tokens_details":{"reasoning_tokens":1024}}\
            """,
            "openai/gpt-5-mini",
            reported(75, 0, 0, 0, 1186, 1024),
            // 75 × 0.25 + 1186 × 2.00
            "0.00239075"),
        new Case(
            "audio in and out",
            Api.CHAT,
            """
            {"prompt_tokens":117,"completion_tokens":182,"total_tokens":299,
            "prompt_tokens_details":{"cached_tokens":0,"text_tokens":17,"audio_tokens":100,
            "image_tokens":0},
            "completion_tokens_details":{"reasoning_tokens":0,"text_tokens":33,
            "audio_tokens":149}}\
            """,
            "openai/gpt-audio",
            withAudio(117, 0, 182, 0, 100, 149),
            // 17 × 2.50 + 100 × 32.00 + 33 × 10.00 + 149 × 64.00
            "0.0131085"),
        new Case(
            "audio without a price",
            Api.CHAT,
            """
            {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,
            "prompt_tokens_details":{"audio_tokens":4}}\
            """,
            "openai/gpt-audio-mini",
            withAudio(10, 0, 5, 0, 4, 0),
            "unknown"),
        new Case(
            "DeepSeek's hits and misses",
            Api.CHAT,
            """
            {"prompt_tokens":1000,"completion_tokens":50,"total_tokens":1050,
            "prompt_cache_hit_tokens":896,"prompt_cache_miss_tokens":104,
            "completion_tokens_details":{"reasoning_tokens":20}}\
            """,
            "openai/gpt-4o-mini",
            reported(104, 896, 0, 0, 50, 20),
            // 104 × 0.15 + 896 × 0.075 + 50 × 0.60
            "0.0001128"),
        new Case(
            "xAI counts the reasoning apart",
            Api.CHAT,
            """
            {"prompt_tokens":32,"completion_tokens":9,"total_tokens":135,
            "prompt_tokens_details":{"text_tokens":32,"audio_tokens":0,"image_tokens":0,
            "cached_tokens":6},
            "completion_tokens_details":{"reasoning_tokens":94,"audio_tokens":0,
            "accepted_prediction_tokens":0,"rejected_prediction_tokens":0},
            "num_sources_used":0}\
            """,
            "openai/gpt-5-nano",
            reported(26, 6, 0, 0, 103, 94),
            // 26 × 0.05 + 6 × 0.005 + 103 × 0.40
            "0.00004253"),
        new Case(
            "cache writes",
            Api.CHAT,
            """
            {"prompt_tokens":3000,"completion_tokens":100,"total_tokens":3100,
            "prompt_tokens_details":{"cached_tokens":1000,"cache_write_tokens":1500}}\
            """,
            "openai/gpt-6.1-terra",
            reported(500, 1000, 1500, 0, 100, 0),
            // 500 × 1.00 + 1000 × 0.05 + 1500 × 1.25 + 100 × 5.00
            "0.002925"),
        new Case(
            "a million millionths",
            Api.CHAT,
            "{\"prompt_tokens\":1,\"completion_tokens\":0,\"total_tokens\":1,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":1}}",
            "openai/gpt-5-nano",
            reported(0, 1, 0, 0, 0, 0),
            "0.000000005"),
        new Case(
            "the largest count that is believed",
            Api.CHAT,
            "{\"prompt_tokens\":1000000000000,\"completion_tokens\":0}",
            "openai/gpt-4o-mini",
            reported(1_000_000_000_000L, 0, 0, 0, 0, 0),
            "150000"),
        new Case(
            "more than any money",
            Api.CHAT,
            "{\"prompt_tokens\":0,\"completion_tokens\":1000000000000}",
            "openai/o1",
            reported(0, 0, 0, 0, 1_000_000_000_000L, 0),
            "unknown"),
        new Case(
            "a count that nobody can mean",
            Api.CHAT,
            "{\"prompt_tokens\":9223372036854775807,\"completion_tokens\":1}",
            "openai/gpt-4o-mini",
            Usage.ABSENT,
            "absent"),
        new Case(
            "a model without a price",
            Api.CHAT,
            "{\"prompt_tokens\":10,\"completion_tokens\":5}",
            "openai/in-house",
            reported(10, 0, 0, 0, 5, 0),
            "unknown"));
  }

  private static List<Case> responses() {
    return List.of(
        new Case(
            "the example of the API reference",
            Api.RESPONSES,
            """
            {"input_tokens":36,"input_tokens_details":{"cached_tokens":0},"output_tokens":87,
            "output_tokens_details":{"reasoning_tokens":0},"total_tokens":123}\
            """,
            "openai/gpt-5.4",
            reported(36, 0, 0, 0, 87, 0),
            // 36 × 2.50 + 87 × 15.00
            "0.001395"),
        new Case(
            "cached and reasoned",
            Api.RESPONSES,
            """
            {"input_tokens":2175,"input_tokens_details":{"cached_tokens":2048},
            "output_tokens":1186,"output_tokens_details":{"reasoning_tokens":1024},
            "total_tokens":3361}\
            """,
            "openai/gpt-5.1",
            reported(127, 2048, 0, 0, 1186, 1024),
            // 127 × 1.25 + 2048 × 0.125 + 1186 × 10.00
            "0.01227475"),
        new Case(
            "cache writes",
            Api.RESPONSES,
            """
            {"input_tokens":2006,"input_tokens_details":{"cached_tokens":0,
            "cache_write_tokens":1920},"output_tokens":300,
            "output_tokens_details":{"reasoning_tokens":0},"total_tokens":2306}\
            """,
            "openai/gpt-6.2-sol",
            reported(86, 0, 1920, 0, 300, 0),
            // 86 × 2.00 + 1920 × 2.50 + 300 × 10.00
            "0.007972"));
  }

  private static List<Case> messages() {
    return List.of(
        new Case(
            "the example of the API reference",
            Api.MESSAGES,
            "{\"input_tokens\":2095,\"output_tokens\":503}",
            "anthropic/claude-sonnet-4-5",
            reported(2095, 0, 0, 0, 503, 0),
            // 2095 × 3.00 + 503 × 15.00
            "0.01383"),
        new Case(
            "the first call writes the cache",
            Api.MESSAGES,
            "{\"input_tokens\":21,\"cache_creation_input_tokens\":188086,"
                + "\"cache_read_input_tokens\":0,\"output_tokens\":393}",
            "anthropic/claude-opus-4-5",
            reported(21, 0, 188_086, 0, 393, 0),
            // 21 × 5.00 + 188086 × 6.25 + 393 × 25.00
            "1.1854675"),
        new Case(
            "the second call reads it",
            Api.MESSAGES,
            "{\"input_tokens\":21,\"cache_creation_input_tokens\":0,"
                + "\"cache_read_input_tokens\":188086,\"output_tokens\":393}",
            "anthropic/claude-opus-4-5",
            reported(21, 188_086, 0, 0, 393, 0),
            // 21 × 5.00 + 188086 × 0.50 + 393 × 25.00
            "0.103973"),
        new Case(
            "writes by their time to live",
            Api.MESSAGES,
            "{\"input_tokens\":2048,\"cache_read_input_tokens\":1800,"
                + "\"cache_creation_input_tokens\":248,\"output_tokens\":503,"
                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":148,"
                + "\"ephemeral_1h_input_tokens\":100}}",
            "anthropic/claude-sonnet-4-5",
            reported(2048, 1800, 148, 100, 503, 0),
            // 2048 × 3.00 + 1800 × 0.30 + 148 × 3.75 + 100 × 6.00 + 503 × 15.00
            "0.015384"),
        new Case(
            "an hour that is not sold beyond the threshold",
            Api.MESSAGES,
            "{\"input_tokens\":100000,\"output_tokens\":1,"
                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":0,"
                + "\"ephemeral_1h_input_tokens\":1}}",
            "anthropic/claude-haiku-5-5",
            reported(100_000, 0, 0, 1, 1, 0),
            "unknown"));
  }

  private static List<Case> gemini() {
    return List.of(
        new Case(
            "a prompt and an answer",
            Api.GEMINI,
            """
            {"promptTokenCount":11,"candidatesTokenCount":73,"totalTokenCount":84,
            "promptTokensDetails":[{"modality":"TEXT","tokenCount":11}],
            "candidatesTokensDetails":[{"modality":"TEXT","tokenCount":73}]}\
            """,
            "gemini/gemini-2.5-flash",
            reported(11, 0, 0, 0, 73, 0),
            // 11 × 0.30 + 73 × 2.50
            "0.0001858"),
        new Case(
            "cached content",
            Api.GEMINI,
            """
            {"promptTokenCount":696219,"candidatesTokenCount":214,"totalTokenCount":696433,
            "cachedContentTokenCount":696190,
            "cacheTokensDetails":[{"modality":"TEXT","tokenCount":696190}]}\
            """,
            "gemini/gemini-2.5-flash",
            reported(29, 696_190, 0, 0, 214, 0),
            // 29 × 0.30 + 696190 × 0.03 + 214 × 2.50
            "0.0214294"),
        new Case(
            "thoughts apart, tools into the prompt",
            Api.GEMINI,
            """
            {"promptTokenCount":20,"toolUsePromptTokenCount":1024,"candidatesTokenCount":150,
            "thoughtsTokenCount":866,"totalTokenCount":2060}\
            """,
            "gemini/gemini-2.5-pro",
            reported(1044, 0, 0, 0, 1016, 866),
            // 1044 × 1.25 + 1016 × 10.00
            "0.011465"),
        new Case(
            "audio in the prompt",
            Api.GEMINI,
            """
            {"promptTokenCount":1927,"candidatesTokenCount":60,"totalTokenCount":1987,
            "promptTokensDetails":[{"modality":"TEXT","tokenCount":7},
            {"modality":"AUDIO","tokenCount":1920}]}\
            """,
            "gemini/gemini-2.5-flash",
            withAudio(1927, 0, 60, 0, 1920, 0),
            // 7 × 0.30 + 1920 × 1.00 + 60 × 2.50
            "0.0020721"),
        new Case(
            "a long prompt",
            Api.GEMINI,
            """
            {"promptTokenCount":200001,"candidatesTokenCount":1,"totalTokenCount":200002}\
            """,
            "gemini/gemini-2.5-pro",
            reported(200_001, 0, 0, 0, 1, 0),
            // 200001 × 2.50 + 1 × 15.00
            "0.5000175"));
  }

  private static String cost(String model, Usage usage) {
    if (usage.equals(Usage.ABSENT)) {
      return "absent";
    }
    int slash = model.indexOf('/');
    return PRICES
        .price(model.substring(0, slash), model.substring(slash + 1), DAY)
        .flatMap(price -> price.tier(usage).cost(usage))
        .map(Money::toString)
        .orElse("unknown");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anAnswerInOnePieceCostsWhatItsUsageSays(Case documented) {
    Usage usage = documented.wire.inOnePiece(documented.json);
    assertThat(usage).isEqualTo(documented.usage);
    assertThat(cost(documented.model, usage)).isEqualTo(documented.cost);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aStreamCostsTheSame(Case documented) {
    Usage usage = documented.wire.streamed(documented.json);
    assertThat(usage).isEqualTo(documented.usage);
    assertThat(cost(documented.model, usage)).isEqualTo(documented.cost);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void classesSumToTheTotal(Case documented) {
    Usage usage = documented.usage;
    assertThat(
            usage.input()
                + usage.cacheRead()
                + usage.cacheWrite5m()
                + usage.cacheWrite1h()
                + usage.output())
        .isEqualTo(usage.total());
  }

  @Test
  void embeddingsOfGeminiSayNothing() {
    AnswerRead read =
        new GeminiEmbeddings(1).answer(Bytes.utf8("{\"embeddings\":[{\"values\":[0.6,0.8]}]}"));
    assertThat(((AnswerRead.Completion) read).usage()).isEqualTo(Usage.ABSENT);
  }

  @Test
  void aStreamOfMessagesThatBreaksKnowsItsInputAndEstimatesTheRest() {
    EventReader reader = Api.MESSAGES.format().events();
    Api.MESSAGES.stream(
            "{\"input_tokens\":21,\"cache_read_input_tokens\":188086,\"output_tokens\":393}")
        .subList(0, 3)
        .forEach(event -> reader.read(Bytes.utf8(event)));
    assertThat(reader.usage()).isEqualTo(new Usage(21, 188_086, 0, 0, 1, 0, Provenance.ESTIMATED));
  }
}
