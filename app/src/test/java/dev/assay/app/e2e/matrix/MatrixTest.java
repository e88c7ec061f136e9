package dev.assay.app.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.testkit.upstream.Reply;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.sse.Sse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every scenario through every cell of {Chat, Responses, Messages} × {OpenAI Chat, OpenAI
 * Responses, Azure, Anthropic, Gemini} × {stream, not}, over real sockets.
 */
class MatrixTest {
  private static final List<Scenario> REQUESTS = Scenario.all(Scenarios.REQUESTS);
  private static final List<Scenario> ANSWERS = Scenario.all(Scenarios.ANSWERS);
  private static final List<Scenario> FAILURES = Scenario.all(Scenarios.FAILURES);
  private static final Scenario PLAIN =
      ANSWERS.stream().filter(answer -> answer.name().equals("text")).findFirst().orElseThrow();

  private static @Nullable MatrixRig rig;

  @BeforeAll
  static void start() {
    rig = new MatrixRig();
  }

  @AfterAll
  static void stop() {
    rig().close();
  }

  private static MatrixRig rig() {
    return Objects.requireNonNull(rig);
  }

  /** A cell of the matrix. */
  private record Cell(DoorUnderTest door, UpstreamUnderTest upstream, boolean stream) {
    String model(Scenario scenario) {
      return upstream.provider() + "/" + scenario.model(upstream.format());
    }

    String format() {
      return upstream.format();
    }

    boolean same() {
      return upstream.same(door);
    }

    @Override
    public String toString() {
      return door + " -> " + upstream + (stream ? ", streamed" : "");
    }
  }

  private static Stream<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (DoorUnderTest door : DoorUnderTest.values()) {
      for (UpstreamUnderTest upstream : UpstreamUnderTest.values()) {
        cells.add(new Cell(door, upstream, false));
        cells.add(new Cell(door, upstream, true));
      }
    }
    return cells.stream();
  }

  private static Stream<DynamicTest> each(
      List<Scenario> scenarios,
      BiPredicate<Scenario, Cell> wanted,
      BiConsumer<Scenario, Cell> check) {
    return scenarios.stream()
        .flatMap(scenario ->
            cells()
                .filter(cell -> wanted.test(scenario, cell))
                .map(cell ->
                    DynamicTest.dynamicTest(
                        scenario.name() + ": " + cell, () -> check.accept(scenario, cell))));
  }

  @TestFactory
  Stream<DynamicTest> requestsReachEveryProviderOrAreRefused() {
    return each(
        REQUESTS,
        (scenario, cell) -> scenario.asked(cell.door(), "m", false).isPresent(),
        MatrixTest::request);
  }

  private static void request(Scenario scenario, Cell cell) {
    ObjectNode asked =
        scenario.asked(cell.door(), cell.model(scenario), cell.stream()).orElseThrow();
    Optional<JsonNode> refused = scenario.of("refused", cell.door(), cell.format());
    if (refused.isPresent() && !cell.same()) {
      refused(cell.door(), asked, refused.get().asString());
      return;
    }
    MatrixRig.Exchanged exchanged =
        rig().exchange(cell.door(), asked.toString(), reply(PLAIN, cell));
    assertThat(exchanged.response().status()).as(exchanged.response().body()).isEqualTo(200);
    assertThat(exchanged.sent().path())
        .startsWith(cell.upstream().path(scenario.model(cell.format())));
    ObjectNode sent = Normal.request(exchanged.sent().body().utf8());
    List<String> warnings = exchanged.response().headers().allValues("x-assay-warning");
    if (cell.same()) {
      JsonNode own = Normal.request(asked.toString());
      assertThat(sent).isEqualTo(scenario.own("sent", cell.door()).orElse(own));
      warned(
          warnings,
          scenario.own("warned", cell.door()).stream()
              .flatMap(JsonNode::valueStream)
              .map(JsonNode::asString)
              .toList());
      return;
    }
    Optional<JsonNode> wanted = scenario.of("sent", cell.door(), cell.format());
    assertThat(wanted).as("no sent.%s.%s: %s", cell.door().key(), cell.format(), sent).isPresent();
    assertThat(sent).as("what %s got", cell.upstream()).isEqualTo(wanted.orElseThrow());
    warned(warnings, scenario.warned(cell.door(), cell.format()));
  }

  private static void warned(List<String> warnings, List<String> expected) {
    for (String words : expected) {
      assertThat(warnings).anySatisfy(warning -> assertThat(warning).contains(words));
    }
    assertThat(warnings)
        .allSatisfy(warning -> assertThat(expected).as(warning).anyMatch(warning::contains));
  }

  // Every door says it in its own error shape.
  private static void refused(DoorUnderTest door, ObjectNode asked, String words) {
    MatrixRig.Response response = rig().refused(door, asked.toString());
    assertThat(response.status()).isEqualTo(400);
    JsonNode body = Scenario.JSON.readTree(response.body());
    JsonNode error = body.path("error");
    String message = error.path("message").asString("");
    assertThat(message).contains(words);
    assertThat(error.path("type").asString("")).isEqualTo("invalid_request_error");
    if (door == DoorUnderTest.MESSAGES) {
      assertThat(body.path("type").asString("")).isEqualTo("error");
    } else {
      assertThat(message).startsWith(error.path("param").asString("?") + ": ");
    }
  }

  @TestFactory
  Stream<DynamicTest> answersAreShownByEveryDoor() {
    return each(
        ANSWERS,
        (scenario, cell) ->
            scenario.answered(cell.format()).isPresent()
                && (!scenario.json().has("asks")
                    || scenario.json().path("asks").has(cell.door().key())),
        MatrixTest::answer);
  }

  private static void answer(Scenario scenario, Cell cell) {
    MatrixRig.Response response = exchange(scenario, cell, reply(scenario, cell));
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    if (cell.stream()) {
      streamed(scenario, cell, response.body());
      return;
    }
    JsonNode shown = Scenario.JSON.readTree(response.body());
    if (cell.same()) {
      assertThat(shown).isEqualTo(scenario.answered(cell.format()).orElseThrow());
    } else {
      assertThat(Normal.answer(shown))
          .as("what a client of %s gets", cell.door())
          .isEqualTo(wanted(scenario, cell, shown));
    }
  }

  private static MatrixRig.Response exchange(Scenario scenario, Cell cell, Reply reply) {
    ObjectNode asked = scenario.asking(cell.door(), cell.model(scenario), cell.stream());
    if (cell.stream() && cell.door() == DoorUnderTest.CHAT) {
      asked.putObject("stream_options").put("include_usage", true);
    }
    return rig().exchange(cell.door(), asked.toString(), reply).response();
  }

  private static JsonNode wanted(Scenario scenario, Cell cell, JsonNode got) {
    JsonNode shown =
        scenario
            .shown(cell.door(), cell.format())
            .orElseThrow(
                () -> new AssertionError("no shown.%s: %s".formatted(cell.door().key(), got)));
    ObjectNode whole =
        (ObjectNode) Scenario.read("envelopes").path("shown").path(cell.door().key()).deepCopy();
    whole.setAll((ObjectNode) shown);
    return whole.put("model", cell.model(scenario));
  }

  // A stream says the same as the answer in one piece.
  private static void streamed(Scenario scenario, Cell cell, String body) {
    EventReader reader = cell.door().format().events();
    List<Sse.Event> events = EventOrder.events(body);
    EventOrder.check(cell.door(), events);
    events.forEach(event -> reader.read(event.data()));
    JsonNode whole =
        cell.same()
            ? scenario.answered(cell.format()).orElseThrow()
            : wanted(scenario, cell, Scenario.JSON.createObjectNode());
    AnswerRead.Completion wanted =
        (AnswerRead.Completion) cell.door().format().answer(Bytes.utf8(whole.toString()));
    assertThat(reader.finished()).as(body).isTrue();
    // Where only one of the two tells the order, what was said is compared without it.
    if (scenario
        .json()
        .path("order")
        .valueStream()
        .map(JsonNode::asString)
        .anyMatch(cell.format()::equals)) {
      assertThat(Said.of(reader.parts())).as(body).isEqualTo(Said.of(wanted.parts()));
    } else {
      assertThat(reader.parts()).as(body).isEqualTo(wanted.parts());
    }
    assertThat(reader.finish()).as(body).isEqualTo(wanted.finish());
    assertThat(reader.usage()).as(body).isEqualTo(wanted.usage());
  }

  @TestFactory
  Stream<DynamicTest> failuresAreToldInTheDoorsOwnWords() {
    return each(
        FAILURES,
        (scenario, cell) ->
            scenario.json().path("failed").path(cell.format()).has("status")
                || (cell.stream() && scenario.json().path("failed").has(cell.format())),
        MatrixTest::failure);
  }

  private static void failure(Scenario scenario, Cell cell) {
    JsonNode failed = scenario.json().path("failed").path(cell.format());
    ObjectNode shown =
        (ObjectNode)
            scenario
                .shown(cell.door(), cell.format())
                .orElseThrow(() -> new AssertionError("no shown." + cell.door().key()))
                .deepCopy();
    if (failed.has("events")) {
      List<String> events = failed.path("events").valueStream().map(MatrixTest::event).toList();
      MatrixRig.Response response = exchange(scenario, cell, Reply.events(events));
      JsonNode last = EventOrder.json(EventOrder.events(response.body())).getLast();
      same(last, cell.same() ? failed.path("events").valueStream().toList().getLast() : shown);
      return;
    }
    Reply reply = Reply.json(failed.path("status").asInt(), failed.path("body").toString());
    for (Map.Entry<String, JsonNode> header : failed.path("headers").properties()) {
      reply = reply.header(header.getKey(), header.getValue().asString());
    }
    MatrixRig.Response response = exchange(scenario, cell, reply);
    // A client of the provider's own API gets the provider's own words.
    same(
        Scenario.JSON.readTree(response.body()),
        cell.same() ? failed.path("body") : shown.path("body"));
    assertThat(response.status()).isEqualTo((cell.same() ? failed : shown).path("status").asInt());
    shown
        .path("headers")
        .properties()
        .forEach(header ->
            assertThat(response.headers().firstValue(header.getKey()))
                .contains(header.getValue().asString()));
  }

  // A sentence of the program's own ends with the provider's words.
  private static void same(JsonNode got, JsonNode wanted) {
    JsonNode places = got.path("error").isObject() ? got.path("error") : got;
    JsonNode words =
        (wanted.path("error").isObject() ? wanted.path("error") : wanted).path("message");
    assertThat(places.path("message").asString("")).endsWith(words.asString("?"));
    ObjectNode rest = got.deepCopy().asObject();
    (rest.path("error") instanceof ObjectNode error ? error : rest).set("message", words);
    rest.remove("sequence_number");
    ObjectNode expected = wanted.deepCopy().asObject();
    expected.remove("sequence_number");
    assertThat(rest).isEqualTo(expected);
  }

  private static Reply reply(Scenario scenario, Cell cell) {
    if (!cell.stream()) {
      return Reply.json(200, scenario.answered(cell.format()).orElseThrow().toString());
    }
    List<String> events =
        new ArrayList<>(scenario.streamed(cell.format()).stream().map(MatrixTest::event).toList());
    if (cell.format().equals("chat")) {
      events.add("data: [DONE]\n\n");
    }
    return Reply.events(events);
  }

  private static String event(JsonNode data) {
    String type = data.path("type").asString("");
    return (type.isEmpty() ? "" : "event: " + type + "\n") + "data: " + data + "\n\n";
  }
}
