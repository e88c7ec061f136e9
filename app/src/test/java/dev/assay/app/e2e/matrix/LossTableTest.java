package dev.assay.app.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.request.WireFormat;
import dev.assay.wire.translation.AnswerLoss;
import dev.assay.wire.translation.Fate;
import dev.assay.wire.translation.Feature;
import dev.assay.wire.translation.UnreadFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The loss table of {@code docs/providers.md} says what the code does, and the suite shows it. */
class LossTableTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "providers.md");
  private static final String BEGIN = "<!-- losses -->\n";
  private static final String END = "<!-- end of losses -->\n";

  private static final Map<WireFormat, String> TARGETS =
      Map.of(
          WireFormat.OPENAI_CHAT, "chat",
          WireFormat.OPENAI_RESPONSES, "responses",
          WireFormat.ANTHROPIC_MESSAGES, "messages",
          WireFormat.GEMINI, "gemini");

  private static final List<WireFormat> COLUMNS =
      List.of(
          WireFormat.OPENAI_CHAT,
          WireFormat.OPENAI_RESPONSES,
          WireFormat.ANTHROPIC_MESSAGES,
          WireFormat.GEMINI);

  // Only the format itself can ask for several answers here, and other formats' parts are refused
  // by their path before anything else is looked at.
  private static final Set<String> NOT_ASKED =
      Set.of(
          "CHOICES OPENAI_CHAT",
          "FOREIGN_PART OPENAI_CHAT",
          "FOREIGN_PART OPENAI_RESPONSES",
          "FOREIGN_PART ANTHROPIC_MESSAGES",
          "FOREIGN_PART GEMINI");

  @Test
  void theDocumentHasTheTable() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    assertThat(begin).as("the place of the table").isNotNegative().isLessThan(end);
    assertThat(document.substring(begin + BEGIN.length(), end)).isEqualTo(rendered());
  }

  @Test
  void theSuiteShowsEveryLossAndRefusal() {
    List<Scenario> scenarios = Scenario.all(Scenarios.REQUESTS);
    List<String> unshown =
        Stream.of(Feature.values())
            .flatMap(feature ->
                COLUMNS.stream()
                    .filter(target -> feature.fate(target) != Fate.KEPT)
                    .filter(target -> !NOT_ASKED.contains(feature + " " + target))
                    .filter(target -> scenarios.stream().noneMatch(said(feature, target)::in))
                    .map(target -> feature + " " + target))
            .toList();
    assertThat(unshown).isEmpty();
  }

  @Test
  void theSuiteShowsWhatDoorsCannotShow() {
    List<Scenario> scenarios = Scenario.all(Scenarios.ANSWERS);
    for (AnswerLoss loss : AnswerLoss.values()) {
      for (WireFormat door : loss.doors()) {
        assertThat(scenarios)
            .as("%s by %s", loss, door)
            .anyMatch(scenario ->
                scenario
                    .json()
                    .path("losses")
                    .path(TARGETS.get(door))
                    .valueStream()
                    .anyMatch(name -> name.asString().equals(loss.name())));
      }
    }
  }

  /** What a scenario must expect. */
  private record Said(String member, String format, String words) {
    boolean in(Scenario scenario) {
      return scenario.json().path(member).properties().stream()
          .filter(entry -> entry.getKey().equals(format) || entry.getKey().endsWith("." + format))
          .flatMap(entry -> words(entry.getValue()))
          .anyMatch(said -> said.contains(words));
    }

    private static Stream<String> words(JsonNode node) {
      return node.isArray()
          ? node.valueStream().map(JsonNode::asString)
          : Stream.of(node.asString());
    }
  }

  private static Said said(Feature feature, WireFormat target) {
    String member = feature.fate(target) == Fate.LOST ? "warned" : "refused";
    return new Said(member, TARGETS.get(target), feature.title());
  }

  private static String rendered() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("A request that leaves in another format than it came in:");
    lines.add("");
    lines.add("| Asked | " + titles() + " |");
    lines.add("|---" + "|---".repeat(COLUMNS.size()) + "|");
    for (Feature feature : Feature.values()) {
      lines.add(
          "| %s | %s |"
              .formatted(
                  feature.title(),
                  COLUMNS.stream()
                      .map(target -> cell(feature, target))
                      .collect(Collectors.joining(" | "))));
    }
    lines.add("");
    lines.add(
        "Fields that no other format has refuse the request, by their path. These are left out"
            + " instead, with a warning:");
    lines.add(
        UnreadFields.losable().stream()
            .sorted()
            .map(field -> "`" + field + "`")
            .collect(Collectors.joining(", ", "", ".")));
    lines.add("");
    lines.add("An answer that is shown in another format than it was made in:");
    lines.add("");
    lines.add("| Not shown | To clients of | Instead |");
    lines.add("|---|---|---|");
    for (AnswerLoss loss : AnswerLoss.values()) {
      lines.add(
          "| %s | %s | %s |"
              .formatted(
                  loss.title(),
                  loss.doors().stream().map(WireFormat::title).collect(Collectors.joining(", ")),
                  loss.consequence()));
    }
    lines.add("");
    return String.join("\n", lines) + "\n";
  }

  private static String titles() {
    return COLUMNS.stream().map(WireFormat::title).collect(Collectors.joining(" | "));
  }

  private static String cell(Feature feature, WireFormat target) {
    return switch (feature.fate(target)) {
      case KEPT -> "kept";
      case LOST -> "lost: " + feature.words(target);
      case REFUSED -> "refused: " + feature.words(target);
    };
  }
}
