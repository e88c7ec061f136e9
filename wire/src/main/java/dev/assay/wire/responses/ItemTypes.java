package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Types of items and of content parts. */
final class ItemTypes {
  private ItemTypes() {}

  /** The type of an item or part; null when it says none. */
  static @Nullable String of(Bytes json) {
    try (JsonParser parser = Json.parser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        parser.nextToken();
        if (field.equals("type")) {
          return Fields.stringOrNull(parser);
        }
        parser.skipChildren();
      }
      return null;
    }
  }

  /** Whether it stands inside a message or a result, and not among the items. */
  static boolean isContent(@Nullable String type) {
    return switch (type) {
      case "text", "refusal", "summary_text", "reasoning_text", "computer_screenshot" -> true;
      case null -> false;
      default -> type.startsWith("input_") || type.startsWith("output_");
    };
  }

  /** Whether an item is what a tool gave, and not what the model said. */
  static boolean isResult(String type) {
    return type.endsWith("_output") || type.endsWith("_response");
  }
}
