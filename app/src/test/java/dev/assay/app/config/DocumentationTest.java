package dev.assay.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

  private static String row(Key<?> key) {
    String fallback = key.fallback().map(text -> "`" + text + "`").orElse("");
    return "| `"
        + key.written()
        + "` | "
        + key.kind().form()
        + " | "
        + fallback
        + " | "
        + key.meaning()
        + " |";
  }

  @Test
  void holdsEveryKeyWithItsDefaultAndNoOther() throws Exception {
    List<String> documented =
        Files.readAllLines(DOCUMENT).stream()
            .dropWhile(line -> !line.equals("## Keys"))
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(String.join("\n", documented))
        .isEqualTo(
            String.join("\n", Configuration.keys().stream().map(DocumentationTest::row).toList()));
  }

  @Test
  void defaultsAreOfTheFormOfTheirKeys() {
    for (Key<?> key : Configuration.keys()) {
      key.fallback()
          .ifPresent(text ->
              assertThat(key.kind().reading().apply(List.of(text)).isPresent())
                  .as(key.written())
                  .isTrue());
    }
  }
}
