package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Reads a content part of an item of an answer. Lenient. For one thread. */
final class AnswerPartReader {
  private final JsonParser parser;
  private final Bytes text;

  private @Nullable String type;
  private @Nullable String words;
  private List<TokenLogprob> logprobs = List.of();

  /** A reader of the part that a parser over the text stands at the beginning of. */
  AnswerPartReader(JsonParser parser, Bytes text) {
    this.parser = parser;
    this.text = text;
  }

  /** Adds what a message says to its parts, and what reasoning says to its texts. */
  void read(List<Part> parts, List<String> texts) {
    int start = Fields.start(parser);
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "type" -> type = Fields.stringOrNull(parser);
        case "text", "refusal" -> words = Fields.stringOrNull(parser);
        case "logprobs" -> logprobs = LogprobsReader.read(parser);
        default -> parser.skipChildren();
      }
    }
    if (words != null && ("summary_text".equals(type) || "reasoning_text".equals(type))) {
      texts.add(words);
    } else if (words != null && ("output_text".equals(type) || "text".equals(type))) {
      addText(parts, words);
    } else if (words != null && "refusal".equals(type)) {
      parts.add(new Part.Refusal(words));
    } else {
      parts.add(new Part.Opaque(WireFormat.OPENAI_RESPONSES, Fields.upTo(parser, text, start)));
    }
  }

  private void addText(List<Part> parts, String words) {
    if (!words.isEmpty()) {
      parts.add(new Part.Text(words));
    }
    if (!logprobs.isEmpty()) {
      parts.add(new Part.Logprobs(logprobs));
    }
  }
}
