package dev.assay.app.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.testkit.upstream.Reply;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.sse.Sse;
import dev.assay.wire.sse.SseReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
  private static final Scenario PLAIN = Scenario.all("text-answer").getFirst();
  private static final Scenario HELLO = Scenario.all("text").getFirst();

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
    String model() {
      return upstream.provider() + "/m";
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

  @TestFactory
  Stream<DynamicTest> requestsReachEveryProviderOrAreRefused() {
    return REQUESTS.stream()
        .flatMap(scenario ->
            cells()
                .filter(cell -> scenario.asked(cell.door(), "m", false).isPresent())
                .map(cell ->
                    DynamicTest.dynamicTest(
                        scenario.name() + ": " + cell, () -> request(scenario, cell))));
  }

  private static void request(Scenario scenario, Cell cell) {
    ObjectNode asked = scenario.asked(cell.door(), cell.model(), cell.stream()).orElseThrow();
    Optional<String> refused = scenario.refused(cell.upstream());
    if (refused.isPresent() && !cell.upstream().same(cell.door())) {
      HttpResponse<String> response = rig().refused(cell.door(), asked.toString());
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains(refused.get());
      return;
    }
    MatrixRig.Exchanged exchanged =
        rig().exchange(cell.door(), asked.toString(), reply(PLAIN, cell));
    assertThat(exchanged.response().statusCode()).as(exchanged.response().body()).isEqualTo(200);
    assertThat(exchanged.sent().path()).startsWith(cell.upstream().path());
    ObjectNode sent = Normal.request(exchanged.sent().body().utf8());
    List<String> warnings = exchanged.response().headers().allValues("x-assay-warning");
    if (cell.upstream().same(cell.door())) {
      assertThat(sent).isEqualTo(Normal.request(asked.toString()));
      assertThat(warnings).isEmpty();
      return;
    }
    assertThat(sent).as("what %s got", cell.upstream()).isEqualTo(wanted(scenario, cell, sent));
    List<String> expected = scenario.warned(cell.upstream());
    for (String words : expected) {
      assertThat(warnings).anySatisfy(warning -> assertThat(warning).contains(words));
    }
    assertThat(warnings).allSatisfy(warning -> assertThat(expected).anyMatch(warning::contains));
  }

  private static JsonNode wanted(Scenario scenario, Cell cell, JsonNode got) {
    return scenario
        .sent(cell.upstream())
        .orElseThrow(() -> new AssertionError("no sent." + cell.upstream().format() + ": " + got));
  }

  @TestFactory
  Stream<DynamicTest> answersAreShownByEveryDoor() {
    return ANSWERS.stream()
        .flatMap(scenario ->
            cells()
                .filter(cell -> scenario.answered(cell.upstream()).isPresent())
                .map(cell ->
                    DynamicTest.dynamicTest(
                        scenario.name() + ": " + cell, () -> answer(scenario, cell))));
  }

  private static void answer(Scenario scenario, Cell cell) {
    ObjectNode asked = HELLO.asked(cell.door(), cell.model(), cell.stream()).orElseThrow();
    if (cell.stream() && cell.door() == DoorUnderTest.CHAT) {
      asked.putObject("stream_options").put("include_usage", true);
    }
    HttpResponse<String> response =
        rig().exchange(cell.door(), asked.toString(), reply(scenario, cell)).response();
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    if (cell.stream()) {
      streamed(scenario, cell, response.body());
      return;
    }
    JsonNode shown = Scenario.JSON.readTree(response.body());
    if (cell.upstream().same(cell.door())) {
      assertThat(shown).isEqualTo(scenario.answered(cell.upstream()).orElseThrow());
    } else {
      JsonNode normal = Normal.answer(shown);
      assertThat(normal)
          .as("what a client of %s gets", cell.door())
          .isEqualTo(shownTo(scenario, cell, normal));
    }
  }

  private static JsonNode shownTo(Scenario scenario, Cell cell, JsonNode got) {
    JsonNode shown =
        scenario
            .shown(cell.door(), cell.upstream())
            .orElseThrow(() -> new AssertionError("no shown." + cell.door().key() + ": " + got));
    ObjectNode named = (ObjectNode) shown.deepCopy();
    return named.put("model", cell.model());
  }

  // A stream says the same as the answer in one piece.
  private static void streamed(Scenario scenario, Cell cell, String body) {
    EventReader reader = cell.door().format().events();
    events(body).forEach(event -> reader.read(event.data()));
    JsonNode whole =
        cell.upstream().same(cell.door())
            ? scenario.answered(cell.upstream()).orElseThrow()
            : scenario.shown(cell.door(), cell.upstream()).orElseThrow();
    AnswerRead.Completion wanted =
        (AnswerRead.Completion) cell.door().format().answer(Bytes.utf8(whole.toString()));
    assertThat(reader.finished()).as(body).isTrue();
    assertThat(reader.parts()).as(body).isEqualTo(wanted.parts());
    assertThat(reader.finish()).isEqualTo(wanted.finish());
    assertThat(reader.usage()).isEqualTo(wanted.usage());
  }

  private static List<Sse.Event> events(String body) {
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

  private static Reply reply(Scenario scenario, Cell cell) {
    if (!cell.stream()) {
      return Reply.json(200, scenario.answered(cell.upstream()).orElseThrow().toString());
    }
    List<String> events =
        new ArrayList<>(
            scenario.streamed(cell.upstream()).stream().map(MatrixTest::event).toList());
    if (cell.upstream().format().equals("chat")) {
      events.add("data: [DONE]\n\n");
    }
    return Reply.events(events);
  }

  private static String event(JsonNode data) {
    String type = data.path("type").asString("");
    return (type.isEmpty() ? "" : "event: " + type + "\n") + "data: " + data + "\n\n";
  }
}
