package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.outcome.CallStatus;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallQuery;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerCommandsTest {
  private final Run run = new Run();

  @Nested
  class CallsList {
    @Test
    void isATableThatMarksSimulatedCallsAndUnknownFigures() {
      assertThat(run.command("calls", "list")).isEqualTo(Cli.DONE);

      assertThat(run.out().lines()).first().asString().startsWith("CALL").endsWith("TRIES");
      assertThat(run.out())
          .containsSubsequence(
              FakeProgram.CALL.toString(),
              "2026-11-21 12:00:00Z",
              "sim/flaky (simulated)",
              "failed: rate_limited",
              "?",
              "unknown",
              "340 ms");
      assertThat(run.err()).isEqualTo("More: --before " + FakeProgram.CALL + "\n");
    }

    @Test
    void restrictsByWhatTheOptionsSay() {
      run.command(
          "calls",
          "list",
          "--status",
          "failed",
          "--since",
          "24h",
          "--until",
          "2026-11-21",
          "-m",
          "openai/x",
          "--limit",
          "7",
          "--before",
          FakeProgram.CALL.toString());

      CallQuery query = run.program.queries.getFirst();
      assertThat(query.limit()).isEqualTo(7);
      assertThat(query.before()).contains(FakeProgram.CALL);
      assertThat(query.filter().status()).contains(CallStatus.FAILED);
      assertThat(query.filter().model()).contains("openai/x");
      assertThat(query.filter().since()).contains(FakeProgram.NOW.minus(Duration.ofDays(1)));
      assertThat(query.filter().until()).contains(Instant.parse("2026-11-21T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"interrupted", "INTERRUPTED", "Interrupted"})
    void takesAStatusInAnyCase(String word) {
      run.command("calls", "list", "--status", word, "--kind", "provider");

      assertThat(run.program.queries.getFirst().filter().status()).contains(CallStatus.INTERRUPTED);
    }

    @Test
    void namesARefusedCallWhoseModelNobodyCouldRead() {
      run.program.provider = "";
      run.program.model = "";

      run.command("calls", "list");
      assertThat(run.out()).contains("  (refused) (simulated)  ");
    }

    @Test
    void saysThatThereAreNone() {
      run.program.empty = true;

      assertThat(run.command("calls", "list")).isEqualTo(Cli.DONE);
      assertThat(run.err()).isEqualTo("No calls.\n");
    }

    @Test
    void asksForAHundredCallsUnlessTold() {
      run.command("calls", "list", "--json");

      assertThat(run.program.queries.getFirst().limit()).isEqualTo(CallQuery.DEFAULT_LIMIT);
      assertThat(run.program.queries.getFirst().filter()).isEqualTo(CallFilter.ALL);
      assertThat(run.out()).isEqualTo("{\"page\":1}\n");
    }
  }

  @Nested
  class CallsShow {
    @Test
    void showsAttemptsAndBodies() {
      run.command("calls", "show", FakeProgram.CALL.toString());

      assertThat(run.out())
          .containsSubsequence(
              "Record      writer-1 #7",
              "ATTEMPT",
              "429",
              "Request\n{\"messages\":[]}",
              "Error\n{\"code\":\"rate_limited\"}");
    }

    @Test
    void failsForACallThatIsNotThere() {
      int code = run.command("calls", "show", "01970000-0000-7000-8000-000000000009");

      assertThat(code).isEqualTo(Cli.FAILED);
      assertThat(run.err()).contains("there is no call 01970000-0000-7000-8000-000000000009");
    }
  }

  @Nested
  class Stats {
    @Test
    void sumsUpAndSaysWhatTheSumLeavesOut() {
      run.command("stats", "--provider", "openai");

      assertThat(run.program.summaries.getFirst().provider()).contains("openai");
      assertThat(run.out())
          .containsSubsequence("openai/gpt-4o-mini", "1,000", "$1.50", "2.0 s", "all")
          .contains("4 of these calls were simulated.")
          .contains("Audio is 40 of the input tokens and 7 of the output tokens.")
          .contains("2 calls have an unknown cost, which is not in the sum.")
          .contains("Failures: rate_limited 1.");
    }

    @Test
    void speaksOfOneCallAsOne() {
      run.program.unknownCosts = 1;
      run.program.simulated = 1;

      run.command("stats");

      assertThat(run.out())
          .contains("1 of these calls was simulated.")
          .contains("1 call has an unknown cost, which is not in the sum.");
    }

    @Test
    void namesCallsThatWereRefusedBeforeAModelWasKnown() {
      run.program.provider = "";
      run.program.model = "";

      run.command("stats");

      assertThat(run.out().lines().skip(1)).first().asString().startsWith("(refused) ");
    }

    @Test
    void namesWhatWasAskedForWhenNoProviderWas() {
      run.program.provider = "";
      run.program.model = "nobodys-model";

      run.command("stats");

      assertThat(run.out().lines().skip(1)).first().asString().startsWith("nobodys-model ");
    }
  }
}
