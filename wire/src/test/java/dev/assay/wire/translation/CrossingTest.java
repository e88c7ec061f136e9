package dev.assay.wire.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.anthropic.MessagesRequestReader;
import dev.assay.wire.anthropic.MessagesRequestWriter;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.gemini.GeminiRequestWriter;
import dev.assay.wire.openai.CapName;
import dev.assay.wire.openai.ChatRequestReader;
import dev.assay.wire.openai.ChatRequestWriter;
import dev.assay.wire.responses.ResponsesRequestReader;
import dev.assay.wire.responses.ResponsesRequestWriter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What crosses from one format into another keeps all that the loss table does not list. */
class CrossingTest {
  private static final int ROUNDS = 400;
  private static final long CAP = 64_000;

  @ParameterizedTest
  @CsvSource({
    "OPENAI_CHAT,OPENAI_RESPONSES",
    "OPENAI_CHAT,ANTHROPIC_MESSAGES",
    "OPENAI_CHAT,GEMINI",
    "OPENAI_RESPONSES,OPENAI_CHAT",
    "OPENAI_RESPONSES,ANTHROPIC_MESSAGES",
    "OPENAI_RESPONSES,GEMINI",
    "ANTHROPIC_MESSAGES,OPENAI_CHAT",
    "ANTHROPIC_MESSAGES,OPENAI_RESPONSES",
    "ANTHROPIC_MESSAGES,GEMINI"
  })
  void nothing_is_lost_but_what_the_table_lists(WireFormat source, WireFormat target) {
    int crossed = 0;
    for (long seed = 0; seed < ROUNDS; seed++) {
      ChatRequest asked =
          read(
              source,
              write(
                  source,
                  new RandomRequest(seed, source).next().withModel(model(source, seed / 7))));
      String of = "%s to %s, seed %s: %s".formatted(source, target, seed, body(asked));
      switch (Translation.of(asked, target)) {
        case Translation.Impossible(String field, String message) -> {
          assertThat(message).as(of).startsWith(field + ": ");
          assertThat(Features.of(asked, source, target).keySet())
              .as(of)
              .anyMatch(feature -> feature.fate(target) == Fate.REFUSED);
        }
        case Translation.Possible(ChatRequest leaving, List<String> warnings) -> {
          crossed++;
          Without without = new Without(source, target);
          without.of(asked);
          assertThat(warned(warnings)).as(of).isEqualTo(without.removed());
          ChatRequest sent = leaving.withModel(model(target, seed));
          ChatRequest back = read(target, write(target, sent));
          assertThat(Said.of(back, target, CAP))
              .as(of)
              .isEqualTo(Said.of(without.of(asked), target, CAP));
          if (losses(target, sent).isEmpty()) {
            assertThat(back.reasoning())
                .as(of)
                .isEqualTo(Reasoned.of(asked.reasoning(), target, sent.model()));
          }
        }
      }
    }
    assertThat(crossed).isGreaterThan(ROUNDS / 10);
  }

  private static String body(ChatRequest request) {
    return request.wire().orElseThrow().body().utf8();
  }

  private static Set<Feature> warned(List<String> warnings) {
    Set<Feature> features = new HashSet<>();
    for (String warning : warnings) {
      Arrays.stream(Feature.values())
          .filter(feature -> warning.contains(" cannot say " + feature.title() + ";"))
          .forEach(features::add);
    }
    return features;
  }

  private static Bytes write(WireFormat format, ChatRequest request) {
    return switch (format) {
      case OPENAI_CHAT ->
          request.wire().isEmpty()
              ? ChatRequestWriter.write(request)
              : ChatRequestWriter.write(request, CapName.MAX_COMPLETION_TOKENS);
      case OPENAI_RESPONSES -> ResponsesRequestWriter.write(request);
      case ANTHROPIC_MESSAGES -> MessagesRequestWriter.write(request, CAP);
      case GEMINI -> GeminiRequestWriter.write(request);
      default -> throw new IllegalArgumentException(format.title());
    };
  }

  private static String model(WireFormat format, long seed) {
    List<String> models =
        switch (format) {
          case ANTHROPIC_MESSAGES ->
              List.of(
                  "claude-sonnet-4-5", "claude-opus-4-6", "claude-opus-4-8", "claude-3-5-haiku");
          case GEMINI ->
              List.of("gemini-2.5-flash", "gemini-2.5-pro", "gemini-3-flash", "gemini-3-pro");
          default -> List.of("m");
        };
    return models.get((int) (seed % models.size()));
  }

  private static List<String> losses(WireFormat format, ChatRequest request) {
    return switch (format) {
      case ANTHROPIC_MESSAGES -> MessagesRequestWriter.losses(request, CAP);
      case GEMINI -> GeminiRequestWriter.losses(request);
      default -> List.of();
    };
  }

  private static ChatRequest read(WireFormat format, Bytes body) {
    if (format == WireFormat.GEMINI) {
      return GeminiRequestJson.read(body);
    }
    RequestRead read =
        switch (format) {
          case OPENAI_CHAT -> ChatRequestReader.read(body, Map.of(), Optional.empty());
          case OPENAI_RESPONSES -> ResponsesRequestReader.read(body, Map.of(), Optional.empty());
          case ANTHROPIC_MESSAGES -> MessagesRequestReader.read(body, Map.of(), Optional.empty());
          default -> throw new IllegalArgumentException(format.title());
        };
    assertThat(read).as(body.utf8()).isInstanceOf(RequestRead.Valid.class);
    return ((RequestRead.Valid) read).request();
  }
}
