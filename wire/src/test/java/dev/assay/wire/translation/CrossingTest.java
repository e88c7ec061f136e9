package dev.assay.wire.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Tools;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.anthropic.MessagesRequestReader;
import dev.assay.wire.anthropic.MessagesRequestWriter;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.openai.CapName;
import dev.assay.wire.openai.ChatRequestReader;
import dev.assay.wire.openai.ChatRequestWriter;
import dev.assay.wire.responses.ResponsesRequestReader;
import dev.assay.wire.responses.ResponsesRequestWriter;
import java.util.ArrayList;
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
    "OPENAI_RESPONSES,OPENAI_CHAT",
    "OPENAI_RESPONSES,ANTHROPIC_MESSAGES",
    "ANTHROPIC_MESSAGES,OPENAI_CHAT",
    "ANTHROPIC_MESSAGES,OPENAI_RESPONSES"
  })
  void nothing_is_lost_but_what_the_table_lists(WireFormat source, WireFormat target) {
    int crossed = 0;
    for (long seed = 0; seed < ROUNDS; seed++) {
      ChatRequest asked = read(source, write(source, new RandomRequest(seed, source).next()));
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
          Bytes written = write(target, leaving);
          List<Part> left = parts(without.of(leaving));
          ChatRequest back = read(target, written);
          assertThat(parts(back)).as(of).isEqualTo(normal(left, target));
          assertThat(normal(back.sampling()))
              .as(of)
              .isEqualTo(sampling(without.of(leaving), target));
          assertThat(said(back.tools())).as(of).isEqualTo(said(leaving.tools()));
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
      case ANTHROPIC_MESSAGES ->
          MessagesRequestWriter.write(request.withModel("claude-sonnet-4-5"), CAP);
      default -> throw new IllegalArgumentException(format.title());
    };
  }

  private static ChatRequest read(WireFormat format, Bytes body) {
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

  // One choice and no penalty are the defaults.
  private static Sampling normal(Sampling asked) {
    return new Sampling(
        asked.temperature(),
        asked.topP(),
        asked.maxOutputTokens(),
        asked.stop(),
        asked.seed(),
        asked.choices().filter(count -> count > 1),
        asked.topK(),
        asked.presencePenalty().filter(penalty -> penalty != 0),
        asked.frequencyPenalty().filter(penalty -> penalty != 0),
        asked.logprobs());
  }

  // Messages insists on a cap.
  private static Sampling sampling(ChatRequest request, WireFormat target) {
    Sampling asked = normal(request.sampling());
    return new Sampling(
        asked.temperature(),
        asked.topP(),
        target == WireFormat.ANTHROPIC_MESSAGES
            ? asked.maxOutputTokens().or(() -> Optional.of(CAP))
            : asked.maxOutputTokens(),
        asked.stop(),
        asked.seed(),
        asked.choices(),
        asked.topK(),
        asked.presencePenalty(),
        asked.frequencyPenalty(),
        asked.logprobs());
  }

  private static List<String> said(Tools tools) {
    return tools.tools().stream()
        .map(tool -> tool.name() + ": " + tool.description().orElse(""))
        .toList();
  }

  // Neighbouring messages of one role may be one.
  private static List<Part> parts(ChatRequest request) {
    List<Part> all = new ArrayList<>();
    for (Message message : request.messages()) {
      all.addAll(message.parts());
    }
    return all;
  }

  // A tool's texts are one text in Chat Completions, and OpenAI wants files to have names.
  private static List<Part> normal(List<Part> parts, WireFormat target) {
    return parts.stream().map(part -> normal(part, target)).toList();
  }

  private static Part normal(Part part, WireFormat target) {
    return switch (part) {
      case Part.ToolResult(var id, var content, var failed)
          when target == WireFormat.OPENAI_CHAT
              || content.isEmpty()
              || content.equals(List.of(new Part.Text(""))) ->
          new Part.ToolResult(
              id,
              target == WireFormat.ANTHROPIC_MESSAGES && Part.text(content).isEmpty()
                  ? List.of()
                  : List.of(new Part.Text(Part.text(content))),
              failed);
      case Part.ToolResult(var id, var content, var failed) ->
          new Part.ToolResult(id, normal(content, target), failed);
      case Part.DocumentData(var type, var base64, var name)
          when target != WireFormat.ANTHROPIC_MESSAGES ->
          new Part.DocumentData(
              type,
              base64,
              name.or(() ->
                  Optional.of("document." + (type.equals("application/pdf") ? "pdf" : "txt"))));
      default -> part;
    };
  }
}
