package dev.assay.wire.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.request.Signature;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What an answer said comes back as it was when it is a part of the conversation. */
class RoundTripTest {
  private static final String[] WORDS = {"a", "\"quoted\"", "line\nbreak", "🙂", "{}", " ", "ü\\"};

  private static List<Part> said(Random random) {
    List<Part> parts = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      Part last = parts.isEmpty() ? null : parts.getLast();
      switch (random.nextInt(3)) {
        case 0 -> {
          if (!(last instanceof Part.Text)) {
            parts.add(new Part.Text(words(random)));
          }
        }
        case 1 -> parts.add(new Part.ToolCall("c" + i, "f" + random.nextInt(3), arguments(random)));
        default ->
            parts.add(
                new Part.Reasoning(
                    random.nextBoolean() ? "" : words(random),
                    Optional.of(
                        new Signature(
                            WireFormat.GEMINI,
                            Signature.Kind.SIGNATURE,
                            "s" + i + "+/==",
                            Optional.empty()))));
      }
    }
    return parts;
  }

  private static String words(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= random.nextInt(4); i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  private static String arguments(Random random) {
    return random.nextBoolean()
        ? "{}"
        : Json.write(
                json -> {
                  json.writeStartObject();
                  json.writeStringProperty(words(random), words(random));
                  json.writeNumberProperty("n", random.nextLong());
                  json.writeEndObject();
                })
            .utf8();
  }

  @RepeatedTest(300)
  void an_answer_is_kept(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    List<Part> parts = said(new Random(seed));
    Message answer = new Message(Role.ASSISTANT, parts, Optional.empty());
    Bytes body = GeminiRequestWriter.write(ChatRequest.of("gemini-2.5-flash", List.of(answer)));
    Bytes response = Bytes.utf8("{\"candidates\":[{\"content\":" + content(body).utf8() + "}]}");
    AnswerRead read = GeminiUpstream.FORMAT.answer(response);
    assertThat(read).as("seed " + seed).isInstanceOf(AnswerRead.Completion.class);
    assertThat(((AnswerRead.Completion) read).parts()).as("seed " + seed).isEqualTo(parts);
  }

  /** The first content of a request. */
  private static Bytes content(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      parser.nextToken();
      while (!"contents".equals(parser.nextName())) {
        parser.nextToken();
        parser.skipChildren();
      }
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
      parser.nextToken();
      return Fields.raw(parser, body);
    }
  }
}
