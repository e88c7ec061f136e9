package dev.assay.app.e2e.matrix;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes out of JSON what differs from call to call. */
final class Normal {
  private static final Set<String> MADE_ANEW = Set.of("created", "created_at", "completed_at");
  private static final Pattern OWN_ID =
      Pattern.compile("(chatcmpl-|resp_assay_|msg_(assay_)?|fc_|rs_)[0-9a-f-]{32,}");

  private Normal() {}

  /** An answer without times, and with a mark in place of every identifier that was made for it. */
  static JsonNode answer(JsonNode json) {
    return of(json.deepCopy());
  }

  private static JsonNode of(JsonNode json) {
    if (json instanceof ObjectNode object) {
      MADE_ANEW.forEach(object::remove);
      for (String name : List.copyOf(object.propertyNames())) {
        JsonNode value = object.get(name);
        if (name.equals("id") && OWN_ID.matcher(value.asString("")).matches()) {
          object.put(name, "(made)");
        } else {
          of(value);
        }
      }
    } else if (json instanceof ArrayNode array) {
      array.forEach(Normal::of);
    }
    return json;
  }

  /** A request without what says that it streams. */
  static ObjectNode request(String body, String... without) {
    ObjectNode json = (ObjectNode) Scenario.JSON.readTree(body);
    json.remove(List.of("model", "stream", "stream_options"));
    json.remove(List.of(without));
    return json;
  }
}
