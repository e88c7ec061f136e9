package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
  private final Run run = new Run();

  @Nested
  class Help {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "serve",
          "chat",
          "models",
          "calls",
          "calls list",
          "calls show",
          "stats",
          "ledger",
          "ledger verify",
          "doctor"
        })
    void hasExamplesForEveryCommand(String command) {
      int code = run.command((command + " --help").strip().split(" "));

      assertThat(code).isEqualTo(Cli.DONE);
      assertThat(run.out()).startsWith("Usage: assay").contains("Examples:", "--home", "--json");
      assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " chat", " calls list"})
    void isAlsoACommand(String command) {
      assertThat(run.command(("--home help help" + command).split(" "))).isEqualTo(Cli.DONE);
      assertThat(run.out()).startsWith("Usage: assay" + command);
    }

    @Test
    void spellsStatusesAndKindsAsTheLedgerDoes() {
      run.command("calls", "list", "--help");

      String words = run.out().replaceAll("\\s+", " ");
      assertThat(words)
          .contains("Only one of success, failed, refused, cancelled, interrupted.")
          .contains("Only one of provider, strategy, cached, coalesced, refused.");
    }

    @Test
    void tellsTheVersion() {
      run.command("--version");

      assertThat(run.out()).isEqualTo("assay 9.8.7\n");
    }

    @Test
    void hasColoursOnlyOnATerminal() {
      run.command("--help");
      assertThat(run.out()).doesNotContain("\u001b");

      Run terminal = new Run().onTerminal(true);
      terminal.command("--help");
      assertThat(terminal.out()).contains("\u001b[");
    }
  }

  @Nested
  class BadUsage {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "caht",
          "calls",
          "ledger",
          "chat",
          "chat --unknown hello",
          "chat --meta novalue hello",
          "serve --port eighty",
          "serve --port 70000",
          "chat -m ",
          "chat --meta =x hello",
          "chat --meta a=1 --meta a=2 hello",
          "calls foo",
          "calls list --before x",
          "calls list --limit x",
          "calls list --kind odd",
          "stats extra",
          "--home  stats",
          "calls show not-an-id",
          "calls list --limit 0",
          "calls list --limit 1001",
          "calls list --status broken",
          "calls list --since yesterday",
          "stats --until 12"
        })
    void isOneClearLineAndCodeTwo(String line) {
      int code = run.command(line.isEmpty() ? new String[0] : line.split(" "));

      assertThat(code).isEqualTo(Cli.BAD_USAGE);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(2);
      assertThat(run.err())
          .startsWith("assay: ")
          .contains("--help")
          .doesNotContain("Exception", "java.", "index 0", "UUID", "an int");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            calls show not-an-id | 'not-an-id' is no identifier of a call; assay calls list shows them
            calls show 1-1-1-1-1 | '1-1-1-1-1' is no identifier of a call; assay calls list shows them
            calls list --before x | --before: 'x' is no identifier of a call; assay calls list shows them
            calls list --limit x | --limit: 'x' is no whole number, or too large
            calls list --status sad | --status: 'sad' is none of success, failed, refused, cancelled, interrupted
            stats --kind odd | --kind: 'odd' is none of provider, strategy, cached, coalesced, refused
            serve --port 70000 | --port: must be 0 to 65535
            chat -m  | --model: must not be empty
            chat --meta a hello | --meta: 'a' must be NAME=VALUE
            chat --meta assay=1 hello | --meta: 'assay' is used by the ledger; choose another name
            chat --meta a=1 --meta a=2 hello | --meta: 'a' is given twice
            --home  stats | --home: must not be empty
            calls | missing command: one of list, show
            calls foo | unknown command 'foo': one of list, show
            ledger --foo | unknown option '--foo'
            stats foo | unknown argument 'foo'
            """)
    void saysWhatWouldBeRight(String line, String message) {
      // Two blanks stand for an argument that is empty.
      run.command((line + (line.endsWith("-m") ? " " : "")).split(" ", -1));

      assertThat(run.err()).startsWith("assay: " + message + "\n");
    }

    @Test
    void namesAllCommandsWhenNoneIsGiven() {
      run.command();

      assertThat(run.err())
          .startsWith(
              "assay: missing command: one of serve, chat, embed, models, calls, stats, ledger, doctor\n");
    }

    @Test
    void suggestsCommandsThatLookAlike() {
      run.command("modles");

      assertThat(run.err()).startsWith("assay: unknown command 'modles'; did you mean models");
    }
  }

  @Nested
  class SharedOptionsOfCommands {
    @Test
    void standBeforeOrBehindTheCommand() {
      run.command("--home", "/a", "calls", "list", "--config", "/b.yaml");

      assertThat(run.program.setups)
          .containsExactly(
              new Setup(
                  Optional.of(Path.of("/a")),
                  Optional.of(Path.of("/b.yaml")),
                  OptionalInt.empty()));
    }

    @Test
    void mayHaveTheNameOfACommandAsTheirValue() {
      assertThat(run.command("--home", "calls", "chat", "Hi")).isEqualTo(Cli.DONE);
      assertThat(run.program.setups.getFirst().home()).contains(Path.of("calls"));
    }

    @Test
    void aWrongSetupIsAFailureAndSaysWhy() {
      run.program.refusesSetup = true;

      assertThat(run.command("chat", "hello")).isEqualTo(Cli.FAILED);
      assertThat(run.err()).isEqualTo("assay: server.port: must be a port\n");
    }
  }

  @Nested
  class Serve {
    @Test
    void saysOnStandardErrorThatItIsReady() {
      int code = run.command("serve", "--port", "0");

      assertThat(code).isEqualTo(Cli.DONE);
      assertThat(run.program.ports).containsExactly(OptionalInt.of(0));
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines().findFirst())
          .contains("Assay serves on http://127.0.0.1:8420 (home /home/of/assay).");
    }

    @Test
    void tellsAProgramItsAddress() {
      run.command("serve", "--json");

      assertThat(run.out()).contains("\"address\":\"http://127.0.0.1:8420\"");
    }
  }

  @Nested
  class Models {
    @Test
    void saysWhatIsUsableAndWhyTheRestIsNot() {
      run.command("models");

      assertThat(run.out())
          .containsSubsequence("fast", "is sim/small", "sim/small", "simulated", "Not usable")
          .contains("openai: OPENAI_API_KEY is not set");
    }

    @Test
    void isAlsoJson() {
      run.command("models", "--json");

      assertThat(run.out())
          .contains("\"usable\":false,\"reason\":\"OPENAI_API_KEY is not set\"")
          .contains("\"aliases\":[{\"id\":\"fast\"");
    }
  }

  @Nested
  class Doctor {
    @Test
    void endsWithSuccessWhenNothingFailed() {
      assertThat(run.command("doctor")).isEqualTo(Cli.DONE);
      assertThat(run.out()).isEqualTo("ok      home: fine\n");
    }

    @Test
    void failsWithAFinding() {
      run.program.findings = List.of(new Finding("port", Finding.State.FAILED, "is taken"));

      assertThat(run.command("doctor", "--json")).isEqualTo(Cli.FAILED);
      assertThat(run.out()).contains("\"state\":\"failed\"");
    }
  }

  @Nested
  class LedgerVerify {
    @Test
    void tellsWhatIsIntact() {
      assertThat(run.command("ledger", "verify")).isEqualTo(Cli.DONE);
      assertThat(run.out())
          .isEqualTo(
              "Intact: 12 records in 3 commits from 2026-11-21 12:00:00Z to 2026-11-21"
                  + " 12:00:00Z.\n");
    }

    @Test
    void failsOnAFault() {
      run.program.fault = Optional.of("record 13 was changed");

      assertThat(run.command("ledger", "verify")).isEqualTo(Cli.FAILED);
      assertThat(run.out())
          .isEqualTo(
              "The ledger is not intact: record 13 was changed\n"
                  + "Checked before it: 12 records in 3 commits from 2026-11-21 12:00:00Z to"
                  + " 2026-11-21 12:00:00Z.\n");
    }
  }
}
