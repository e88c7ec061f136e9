package dev.assay.app.e2e.matrix;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells an answer as the events in which each API streams it; every text in two pieces. */
final class Streamed {
  private final List<JsonNode> events = new ArrayList<>();

  private Streamed() {}

  /** The data of the events. */
  static List<JsonNode> of(String format, ObjectNode answer) {
    Streamed streamed = new Streamed();
    switch (format) {
      case "chat" -> streamed.chat(answer);
      case "responses" -> streamed.responses(answer);
      case "messages" -> streamed.messages(answer);
      default -> streamed.gemini(answer);
    }
    return streamed.events;
  }

  private static ObjectNode object() {
    return Scenario.JSON.createObjectNode();
  }

  private static List<String> halves(String text) {
    int middle = text.length() / 2;
    return middle == 0 ? List.of(text) : List.of(text.substring(0, middle), text.substring(middle));
  }

  private static void without(ObjectNode object, String... names) {
    object.remove(List.of(names));
  }

  // Chat Completions.
  private void chat(ObjectNode answer) {
    JsonNode choice = answer.path("choices").path(0);
    JsonNode message = choice.path("message");
    chunk(answer, object().put("role", "assistant").put("content", "").putNull("refusal"));
    for (String member : List.of("reasoning_content", "content", "refusal")) {
      if (message.path(member).isString()) {
        halves(message.path(member).asString())
            .forEach(text -> chunk(answer, object().put(member, text)));
      }
    }
    if (choice.path("logprobs").isObject()) {
      ((ObjectNode) chunk(answer, object()).path("choices").path(0))
          .set("logprobs", choice.path("logprobs"));
    }
    for (int index = 0; index < message.path("tool_calls").size(); index++) {
      chatCall(answer, (ObjectNode) message.path("tool_calls").path(index).deepCopy(), index);
    }
    ((ObjectNode) chunk(answer, object()).path("choices").path(0))
        .set("finish_reason", choice.path("finish_reason"));
    ObjectNode last = chunk(answer, object());
    last.putArray("choices");
    last.set("usage", answer.path("usage"));
  }

  private void chatCall(ObjectNode answer, ObjectNode call, int index) {
    ObjectNode function = (ObjectNode) call.path("function");
    String arguments = function.path("arguments").asString();
    call.put("index", index);
    function.put("arguments", "");
    ObjectNode first = object();
    first.putArray("tool_calls").add(call);
    chunk(answer, first);
    for (String piece : halves(arguments)) {
      ObjectNode delta = object();
      delta
          .putArray("tool_calls")
          .addObject()
          .put("index", index)
          .putObject("function")
          .put("arguments", piece);
      chunk(answer, delta);
    }
  }

  private ObjectNode chunk(ObjectNode answer, ObjectNode delta) {
    ObjectNode chunk = answer.deepCopy();
    chunk.put("object", "chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject();
    choice.put("index", 0);
    choice.set("delta", delta);
    choice.putNull("logprobs");
    choice.putNull("finish_reason");
    chunk.putNull("usage");
    events.add(chunk);
    return chunk;
  }

  // Responses.
  private void responses(ObjectNode answer) {
    for (String type : List.of("response.created", "response.in_progress")) {
      ObjectNode begun = answer.deepCopy();
      begun.put("status", "in_progress");
      begun.putArray("output");
      begun.putNull("usage").putNull("incomplete_details");
      response(type).set("response", begun);
    }
    for (int index = 0; index < answer.path("output").size(); index++) {
      item((ObjectNode) answer.path("output").path(index), index);
    }
    response("response." + answer.path("status").asString()).set("response", answer);
  }

  private ObjectNode response(String type) {
    ObjectNode event = object().put("type", type).put("sequence_number", events.size());
    events.add(event);
    return event;
  }

  private ObjectNode ofItem(String type, ObjectNode item, int index) {
    return response(type).put("item_id", item.path("id").asString()).put("output_index", index);
  }

  private void item(ObjectNode item, int index) {
    ObjectNode begun = item.deepCopy();
    if (begun.has("status")) {
      begun.put("status", "in_progress");
    }
    for (String member : List.of("content", "summary")) {
      if (begun.has(member)) {
        begun.putArray(member);
      }
    }
    if (begun.has("arguments")) {
      begun.put("arguments", "");
    }
    response("response.output_item.added").put("output_index", index).set("item", begun);
    for (int place = 0; place < item.path("summary").size(); place++) {
      part(item, index, "summary_index", place, item.path("summary").path(place));
    }
    for (int place = 0; place < item.path("content").size(); place++) {
      part(item, index, "content_index", place, item.path("content").path(place));
    }
    if (item.has("arguments")) {
      String arguments = item.path("arguments").asString();
      for (String piece : halves(arguments)) {
        ofItem("response.function_call_arguments.delta", item, index).put("delta", piece);
      }
      ofItem("response.function_call_arguments.done", item, index).put("arguments", arguments);
    }
    response("response.output_item.done").put("output_index", index).set("item", item);
  }

  private void part(ObjectNode item, int index, String placed, int place, JsonNode part) {
    String type = part.path("type").asString();
    String member = type.equals("refusal") ? "refusal" : "text";
    String name =
        switch (type) {
          case "summary_text" -> "response.reasoning_summary_text";
          case "reasoning_text" -> "response.reasoning_text";
          case "refusal" -> "response.refusal";
          default -> "response.output_text";
        };
    String partName =
        type.equals("summary_text") ? "response.reasoning_summary_part" : "response.content_part";
    ObjectNode begun = ((ObjectNode) part).deepCopy();
    begun.put(member, "");
    if (begun.has("logprobs")) {
      begun.putArray("logprobs");
    }
    ofItem(partName + ".added", item, index).put(placed, place).set("part", begun);
    List<String> pieces = halves(part.path(member).asString());
    for (String piece : pieces) {
      ObjectNode delta = ofItem(name + ".delta", item, index).put(placed, place);
      delta.put("delta", piece);
      if (part.has("logprobs")) {
        // All of them come with the first piece.
        delta.set(
            "logprobs",
            piece.equals(pieces.getFirst())
                ? part.path("logprobs")
                : Scenario.JSON.createArrayNode());
      }
    }
    ofItem(name + ".done", item, index)
        .put(placed, place)
        .put(member, part.path(member).asString());
    ofItem(partName + ".done", item, index).put(placed, place).set("part", part);
  }

  // Messages.
  private void messages(ObjectNode answer) {
    ObjectNode begun = answer.deepCopy();
    begun.putArray("content");
    begun.putNull("stop_reason").putNull("stop_sequence");
    ObjectNode usage = (ObjectNode) begun.path("usage");
    usage.put("output_tokens", 1);
    without(usage, "output_tokens_details");
    message("message_start").set("message", begun);
    int index = 0;
    for (JsonNode block : answer.path("content")) {
      block((ObjectNode) block, index++);
      if (index == 1) {
        message("ping");
      }
    }
    ObjectNode last = message("message_delta");
    ObjectNode delta = last.putObject("delta");
    delta.set("stop_reason", answer.path("stop_reason"));
    delta.set("stop_sequence", answer.path("stop_sequence"));
    ObjectNode used = ((ObjectNode) answer.path("usage")).deepCopy();
    without(used, "cache_creation", "service_tier");
    last.set("usage", used);
    message("message_stop");
  }

  private ObjectNode message(String type) {
    ObjectNode event = object().put("type", type);
    events.add(event);
    return event;
  }

  private void block(ObjectNode block, int index) {
    ObjectNode begun = block.deepCopy();
    List<ObjectNode> deltas = new ArrayList<>();
    switch (block.path("type").asString()) {
      case "text" -> {
        begun.put("text", "");
        deltas(deltas, "text_delta", "text", block.path("text").asString());
      }
      case "thinking" -> {
        begun.put("thinking", "").put("signature", "");
        deltas(deltas, "thinking_delta", "thinking", block.path("thinking").asString());
        deltas.add(
            object()
                .put("type", "signature_delta")
                .put("signature", block.path("signature").asString()));
      }
      case "tool_use" -> {
        begun.putObject("input");
        deltas.add(object().put("type", "input_json_delta").put("partial_json", ""));
        deltas(deltas, "input_json_delta", "partial_json", block.path("input").toString());
      }
      default -> {}
    }
    message("content_block_start").put("index", index).set("content_block", begun);
    deltas.forEach(delta -> message("content_block_delta").put("index", index).set("delta", delta));
    message("content_block_stop").put("index", index);
  }

  private static void deltas(List<ObjectNode> deltas, String type, String member, String text) {
    halves(text).forEach(piece -> deltas.add(object().put("type", type).put(member, piece)));
  }

  // Gemini, where a signature comes with the last piece of its part and a call in one piece.
  private void gemini(ObjectNode answer) {
    JsonNode candidate = answer.path("candidates").path(0);
    JsonNode parts = candidate.path("content").path("parts");
    List<ObjectNode> pieces = new ArrayList<>();
    for (JsonNode part : parts) {
      List<String> texts = part.has("text") ? halves(part.path("text").asString()) : List.of("");
      for (int i = 0; i < texts.size(); i++) {
        ObjectNode piece = ((ObjectNode) part).deepCopy();
        if (part.has("text")) {
          piece.put("text", texts.get(i));
        }
        if (i < texts.size() - 1) {
          without(piece, "thoughtSignature");
        }
        pieces.add(piece);
      }
    }
    for (int i = 0; i < pieces.size(); i++) {
      ObjectNode event = answer.deepCopy();
      ObjectNode shown = (ObjectNode) event.path("candidates").path(0);
      boolean last = i == pieces.size() - 1;
      ((ObjectNode) shown.path("content")).putArray("parts").add(pieces.get(i));
      if (!last) {
        without(shown, "finishReason", "logprobsResult");
        ((ObjectNode) event.path("usageMetadata")).put("candidatesTokenCount", 1);
      }
      events.add(event);
    }
    if (pieces.isEmpty()) {
      events.add(answer);
    }
  }
}
