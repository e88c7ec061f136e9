package dev.assay.app.e2e.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scenario of the matrix, a JSON file beside this class.
 *
 * <p>Of a request: {@code asked.<door>} is what a client sends (without its model), {@code
 * sent.<format>} what a provider of another format must get (without its model), or {@code
 * refused.<format>} a word of the field that is named when it cannot be said there; {@code
 * warned.<format>} lists words of the warnings.
 *
 * <p>Of an answer: {@code answered.<format>} is what a provider answers, {@code streamed.<format>}
 * the data of the events in which it says the same, {@code shown.<door>} what a client of another
 * format gets. {@code shown.<door>.<format>} wins where providers differ.
 */
record Scenario(String name, JsonNode json) {
  static final JsonMapper JSON = JsonMapper.shared();

  static List<Scenario> all(String... names) {
    List<Scenario> all = new ArrayList<>();
    for (String name : names) {
      try (InputStream file = Scenario.class.getResourceAsStream(name + ".json")) {
        all.add(new Scenario(name, JSON.readTree(Objects.requireNonNull(file, name))));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(name, unreadable);
      }
    }
    return all;
  }

  /** What a client of a door sends to a model, if the door's API can say it at all. */
  Optional<ObjectNode> asked(DoorUnderTest door, String model, boolean stream) {
    JsonNode asked = json.path("asked").path(door.key());
    if (asked.isMissingNode()) {
      return Optional.empty();
    }
    ObjectNode body = (ObjectNode) asked.deepCopy();
    body.put("model", model);
    if (stream) {
      body.put("stream", true);
    }
    return Optional.of(body);
  }

  Optional<JsonNode> sent(UpstreamUnderTest upstream) {
    return found("sent", upstream.format());
  }

  Optional<String> refused(UpstreamUnderTest upstream) {
    return found("refused", upstream.format()).map(JsonNode::asString);
  }

  List<String> warned(UpstreamUnderTest upstream) {
    return json.path("warned")
        .path(upstream.format())
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  Optional<JsonNode> answered(UpstreamUnderTest upstream) {
    return found("answered", upstream.format());
  }

  List<JsonNode> streamed(UpstreamUnderTest upstream) {
    return json.path("streamed").path(upstream.format()).valueStream().toList();
  }

  Optional<JsonNode> shown(DoorUnderTest door, UpstreamUnderTest upstream) {
    return found("shown", door.key() + "." + upstream.format())
        .or(() -> found("shown", door.key()));
  }

  private Optional<JsonNode> found(String member, String key) {
    return Optional.of(json.path(member).path(key)).filter(node -> !node.isMissingNode());
  }
}
