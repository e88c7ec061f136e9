package dev.assay.app.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.wire.sse.Sse;
import dev.assay.wire.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The order that each API's clients rely on in a stream. */
final class EventOrder {
  private EventOrder() {}

  /** The events of a body. */
  static List<Sse.Event> events(String body) {
    SseReader source =
        new SseReader(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    List<Sse.Event> events = new ArrayList<>();
    try {
      while (source.next() instanceof Sse.Event event) {
        events.add(event);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return events;
  }

  /** Checks a whole stream. */
  static void check(DoorUnderTest door, List<Sse.Event> events) {
    switch (door) {
      case CHAT -> chat(events);
      case RESPONSES -> responses(json(events));
      case MESSAGES -> messages(json(events));
    }
  }

  /** The data of events. */
  static List<JsonNode> json(List<Sse.Event> events) {
    return events.stream().map(event -> Scenario.JSON.readTree(event.data().utf8())).toList();
  }

  // The role comes first, then content, one finish reason, the usage, and the end mark.
  private static void chat(List<Sse.Event> events) {
    assertThat(events.getLast().data().utf8()).isEqualTo("[DONE]");
    List<JsonNode> chunks = json(events.subList(0, events.size() - 1));
    JsonNode first = chunks.getFirst().path("choices").path(0).path("delta");
    assertThat(first.path("role").asString("")).isEqualTo("assistant");
    assertThat(chunks.getLast().path("choices").isEmpty()).isTrue();
    assertThat(chunks.getLast().path("usage").isObject()).isTrue();
    for (int i = 0; i < chunks.size() - 1; i++) {
      JsonNode choice = chunks.get(i).path("choices").path(0);
      assertThat(choice.path("delta").isObject()).isTrue();
      assertThat(choice.path("delta").has("role")).isEqualTo(i == 0);
      assertThat(choice.path("finish_reason").isString()).isEqualTo(i == chunks.size() - 2);
    }
    assertThat(chunks.stream().map(chunk -> chunk.path("id")).distinct()).hasSize(1);
  }

  // Numbers without gaps, items that begin and end in turn, and the whole response last.
  private static void responses(List<JsonNode> events) {
    assertThat(type(events.getFirst())).isEqualTo("response.created");
    assertThat(type(events.get(1))).isEqualTo("response.in_progress");
    assertThat(type(events.getLast())).isIn("response.completed", "response.incomplete");
    int items = 0;
    JsonNode open = null;
    for (int i = 0; i < events.size(); i++) {
      JsonNode event = events.get(i);
      assertThat(event.path("sequence_number").asInt(-1)).isEqualTo(i);
      if (event.has("output_index")) {
        boolean added = type(event).equals("response.output_item.added");
        assertThat(open == null).as("%s", event).isEqualTo(added);
        open = added ? event.path("item") : open;
        assertThat(event.path("output_index").asInt(-1)).isEqualTo(items);
        assertThat(event.path("item_id").asString(event.path("item").path("id").asString("")))
            .isEqualTo(open.path("id").asString("?"));
        if (type(event).equals("response.output_item.done")) {
          assertThat(events.getLast().path("response").path("output").path(items))
              .isEqualTo(event.path("item"));
          open = null;
          items++;
        }
      }
    }
    assertThat(open).isNull();
    assertThat(events.getLast().path("response").path("output")).hasSize(items);
  }

  // Blocks that begin and end in turn, between the message's beginning and its end.
  private static void messages(List<JsonNode> events) {
    List<JsonNode> told = events.stream().filter(event -> !type(event).equals("ping")).toList();
    assertThat(type(told.getFirst())).isEqualTo("message_start");
    assertThat(type(told.get(told.size() - 2))).isEqualTo("message_delta");
    assertThat(type(told.getLast())).isEqualTo("message_stop");
    int blocks = 0;
    boolean open = false;
    for (JsonNode event : told.subList(1, told.size() - 2)) {
      assertThat(event.path("index").asInt(-1)).isEqualTo(blocks);
      switch (type(event)) {
        case "content_block_start" -> {
          assertThat(open).isFalse();
          open = true;
        }
        case "content_block_delta" -> assertThat(open).isTrue();
        case "content_block_stop" -> {
          assertThat(open).isTrue();
          open = false;
          blocks++;
        }
        default -> throw new AssertionError(event);
      }
    }
    assertThat(open).isFalse();
  }

  private static String type(JsonNode event) {
    return event.path("type").asString("");
  }
}
