package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbedCommandTest {
  private final Run run = new Run();

  private List<String> asked() {
    return run.program.embedded.getFirst().texts();
  }

  @Nested
  class TheTexts {
    @Test
    void areTheArgumentsOneEach() {
      run.command("embed", "Hi there", "you");

      assertThat(asked()).containsExactly("Hi there", "you");
    }

    @Test
    void areTheLinesOfStandardInput() {
      run.typing("one\n\n  two \r\n").command("embed");

      assertThat(asked()).containsExactly("one", "two");
    }

    @Test
    void areTheLinesOfAFile(@TempDir Path folder) throws Exception {
      Path file = Files.writeString(folder.resolve("texts"), "eins\nzwei\n", UTF_8);
      run.command("embed", "--file", file.toString());

      assertThat(asked()).containsExactly("eins", "zwei");
    }

    @Test
    void keepModelDimensionsAndMetadata() {
      run.command("embed", "-m", "sim/embedding", "--dimensions", "8", "--meta", "a=b", "Hi");

      assertThat(run.program.embedded.getFirst().model()).isEqualTo("sim/embedding");
      assertThat(run.program.embedded.getFirst().dimensions()).contains(8);
      assertThat(run.program.metadata).containsExactly(Map.of("a", "b"));
      assertThat(run.err()).doesNotContain("Asking");
    }
  }

  @Nested
  class TheVectors {
    @Test
    void areRowsWithTheirFirstNumbers() {
      assertThat(run.command("embed", "Hello")).isEqualTo(Cli.DONE);

      assertThat(run.out())
          .isEqualTo(
              """
              TEXT   DIMENSION    NORM  CACHED  FIRST NUMBERS
              Hello          5  5.0249  yes     5.0000 0.0000 0.5000 0.0000 …
              """);
      assertThat(run.err())
          .contains("Asking local/all-minilm-l6-v2: it runs in this program")
          .contains("call " + FakeProgram.CALL);
    }

    @Test
    void areWholeInJson() {
      assertThat(run.command("embed", "--json", "Hello", "you")).isEqualTo(Cli.DONE);

      assertThat(run.out())
          .startsWith("{\"call_id\":\"" + FakeProgram.CALL + "\",\"status\":\"success\"")
          .contains("\"request_hash\":\"01ff\"", "\"cost_usd\":0")
          .contains(
              "{\"index\":1,\"text\":\"you\",\"dimension\":5,\"norm\":3.0413812651491097,"
                  + "\"cached\":true,\"vector\":[3.0,0.0,0.5,0.0,0.0]}");
    }

    @Test
    void areNoneWhenTheCallFails() {
      run.program.fails = true;

      assertThat(run.command("embed", "--json", "Hello")).isEqualTo(Cli.FAILED);
      assertThat(run.out())
          .contains("\"embeddings\":[]", "\"error\":{\"code\":\"unsupported_request\"");
      assertThat(run.err()).contains("assay: unsupported_request: No.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "embed|nothing to embed",
        "embed -m= x|--model: must not be empty",
        "embed --dimensions 0 x|--dimensions: must be at least 1",
        "embed --meta assay=1 x|used by the ledger",
        "embed --file f x|not both",
        "embed --file /nowhere/at/all|cannot be read"
      })
  void wrongUseIsExplained(String command, String why) {
    assertThat(run.command(command.split(" "))).isEqualTo(Cli.BAD_USAGE);
    assertThat(run.err()).contains(why);
    assertThat(run.program.embedded).isEmpty();
  }

  @Test
  void anArgumentOfWhiteSpaceIsNamed() {
    assertThat(run.command("embed", "a", " ")).isEqualTo(Cli.BAD_USAGE);
    assertThat(run.err()).contains("text 2 has nothing but white space");
  }
}
