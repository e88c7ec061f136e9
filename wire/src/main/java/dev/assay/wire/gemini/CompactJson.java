package dev.assay.wire.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** JSON values that are texts elsewhere. */
final class CompactJson {
  private CompactJson() {}

  /** A well-formed value without the white space between its tokens; all else stays as it is. */
  static String of(Bytes json) {
    byte[] compact = new byte[json.length()];
    int length = 0;
    boolean inText = false;
    for (int i = 0; i < json.length(); i++) {
      byte letter = json.at(i);
      boolean space = letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
      if (inText || !space) {
        compact[length++] = letter;
      }
      if (inText && letter == '\\') {
        compact[length++] = json.at(++i);
      } else if (letter == '"') {
        inText = !inText;
      }
    }
    return new String(compact, 0, length, StandardCharsets.UTF_8);
  }

  /** Whether a text is one JSON object. */
  static boolean isObject(Bytes text) {
    try (JsonParser parser = Json.parser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException malformed) {
      return false;
    }
  }
}
