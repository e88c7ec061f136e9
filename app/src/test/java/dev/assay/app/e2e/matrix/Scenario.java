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
 * A scenario of the matrix: a member of a JSON file beside this class.
 *
 * <p>{@code models.<format>} is the model that is asked, {@code m} by default.
 *
 * <p>Of a request: {@code asked.<door>} is what a client sends (without its model), {@code
 * sent.<format>} what a provider of another format must get (without its model), or {@code
 * refused.<format>} words of the sentence that refuses it; {@code warned.<format>} lists words of
 * the warnings, each of which must be there, and none besides.
 *
 * <p>Of an answer: {@code answered.<format>} is what a provider answers, {@code streamed.<format>}
 * the data of the events in which it says the same where {@link Streamed} cannot tell them, {@code
 * shown.<door>} what a client of another format gets, laid over the members in {@code
 * envelopes.json}. {@code asks.<door>} is laid over the request that it answers.
 *
 * <p>Of a failure: {@code failed.<format>} is the status, headers and body of a provider's answer,
 * or the events of its stream, {@code shown.<door>} the status, headers and body that a client
 * gets, or the last event of its stream.
 *
 * <p>{@code losses.<door>} names what {@link dev.assay.wire.translation.AnswerLoss} of an answer
 * the scenario shows.
 *
 * <p>{@code order} names the formats whose streams say the same in another order.
 *
 * <p>Of everything that is named by format, {@code <door>.<format>} wins where doors differ.
 */
record Scenario(String name, JsonNode json) {
  static final JsonMapper JSON = JsonMapper.shared();

  /** All scenarios of files. */
  static List<Scenario> all(String... files) {
    List<Scenario> all = new ArrayList<>();
    for (String file : files) {
      read(file)
          .properties()
          .forEach(member -> all.add(new Scenario(member.getKey(), member.getValue())));
    }
    return all;
  }

  /** The JSON of a file. */
  static ObjectNode read(String file) {
    try (InputStream text = Scenario.class.getResourceAsStream(file + ".json")) {
      return (ObjectNode) JSON.readTree(Objects.requireNonNull(text, file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file, unreadable);
    }
  }

  /** What a provider calls the model that is asked. */
  String model(String format) {
    return json.path("models").path(format).asString("m");
  }

  /** What a client of a door sends to a model, if the door's API can say it at all. */
  Optional<ObjectNode> asked(DoorUnderTest door, String model, boolean stream) {
    return Optional.of(json.path("asked").path(door.key()))
        .filter(ObjectNode.class::isInstance)
        .map(asked -> body((ObjectNode) asked.deepCopy(), model, stream));
  }

  /** A request that an answer answers. */
  ObjectNode asking(DoorUnderTest door, String model, boolean stream) {
    ObjectNode body = (ObjectNode) read("envelopes").path("asked").path(door.key()).deepCopy();
    if (json.path("asks").path(door.key()) instanceof ObjectNode more) {
      body.setAll(more);
    }
    return body(body, model, stream);
  }

  private static ObjectNode body(ObjectNode body, String model, boolean stream) {
    body.put("model", model);
    if (stream) {
      body.put("stream", true);
    }
    return body;
  }

  /** A member of a format, or of a door and a format. */
  Optional<JsonNode> of(String member, DoorUnderTest door, String format) {
    JsonNode members = json.path(member);
    return found(members, door.key() + "." + format).or(() -> found(members, format));
  }

  /** A member of a door and its own format, where the client's bytes do not leave untouched. */
  Optional<JsonNode> own(String member, DoorUnderTest door) {
    return found(json.path(member), door.key() + "." + door.key());
  }

  List<String> warned(DoorUnderTest door, String format) {
    return of("warned", door, format).stream()
        .flatMap(JsonNode::valueStream)
        .map(JsonNode::asString)
        .toList();
  }

  Optional<JsonNode> answered(String format) {
    return found(json.path("answered"), format);
  }

  /** The events that say what is answered. */
  List<JsonNode> streamed(String format) {
    return found(json.path("streamed"), format)
        .map(events -> events.valueStream().toList())
        .orElseGet(() -> Streamed.of(format, (ObjectNode) answered(format).orElseThrow()));
  }

  /** What a client of a door gets. */
  Optional<JsonNode> shown(DoorUnderTest door, String format) {
    JsonNode members = json.path("shown");
    return found(members, door.key() + "." + format).or(() -> found(members, door.key()));
  }

  private static Optional<JsonNode> found(JsonNode members, String key) {
    return Optional.of(members.path(key)).filter(node -> !node.isMissingNode());
  }
}
