package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import dev.assay.wire.json.JsonFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the body of an answer in one piece. Lenient: a field with a wrong type counts as absent;
 * only a body that is no JSON object with content in it is malformed. Blocks of types that have no
 * canonical form are kept as they are. Where the model declined and the provider says why, its
 * words are a refusal behind the content.
 */
public final class MessagesAnswerReader {
  private final Bytes body;
  private final JsonParser parser;

  private @Nullable String id;
  private @Nullable String model;
  private @Nullable String stopReason;
  private @Nullable String explanation;
  private final UsageCount usage = new UsageCount();
  private @Nullable ApiError error;
  private @Nullable List<Part> content;

  private MessagesAnswerReader(Bytes body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
  }

  /** Reads a body. */
  public static AnswerRead read(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      return new MessagesAnswerReader(body, parser).read();
    } catch (JacksonException malformed) {
      return new AnswerRead.Malformed(JsonFault.text(malformed));
    }
  }

  private AnswerRead read() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return new AnswerRead.Malformed("is not a JSON object");
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      readMember(field);
    }
    if (parser.nextToken() != null) {
      return new AnswerRead.Malformed("does not end behind its JSON object");
    }
    if (error != null) {
      return new AnswerRead.Failed(error);
    }
    return content == null
        ? new AnswerRead.Malformed("has no content of a message")
        : completion(content);
  }

  private void readMember(String field) {
    switch (field) {
      case "id" -> id = Fields.stringOrNull(parser);
      case "model" -> model = Fields.stringOrNull(parser);
      case "content" -> readContent();
      case "stop_reason" -> stopReason = Fields.stringOrNull(parser);
      case "stop_details" -> explanation = BlockFields.explanation(parser);
      case "usage" -> usage.read(parser, true);
      case "error" ->
          error = Fields.isNull(parser) ? null : MessagesErrorReader.readValue(parser).error(true);
      default -> parser.skipChildren();
    }
  }

  private void readContent() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    List<Part> parts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        readBlock(parts);
      } else {
        parser.skipChildren();
      }
    }
    content = parts;
  }

  private void readBlock(List<Part> parts) {
    int start = Fields.start(parser);
    BlockFields block = BlockFields.read(parser, body);
    if (block.understood()) {
      block.part().ifPresent(parts::add);
    } else {
      parts.add(new Part.Opaque(WireFormat.ANTHROPIC_MESSAGES, Fields.upTo(parser, body, start)));
    }
  }

  private AnswerRead completion(List<Part> parts) {
    FinishReason finish = StopReasons.of(stopReason);
    if (finish == FinishReason.REFUSAL && explanation != null && !explanation.isEmpty()) {
      parts.add(new Part.Refusal(explanation));
    }
    return new AnswerRead.Completion(
        Optional.ofNullable(id), Optional.ofNullable(model), parts, finish, usage.usage());
  }
}
