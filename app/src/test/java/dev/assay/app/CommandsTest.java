package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same commands, with and without a process that owns the home. */
class CommandsTest {
  private static final String INSTANT = "sim: {latency-scale: 0}\n";
  private static final Pattern VECTOR = Pattern.compile("\"vector\":\\[([^]]*)");
  private static final Pattern CALL = Pattern.compile("call ([0-9a-f-]{36})");

  private static String call(AssayProcess.Ended ended) {
    Matcher matcher = CALL.matcher(ended.err());
    assertThat(matcher.find()).as(ended.err()).isTrue();
    return matcher.group(1);
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class EveryCommand {
    private Console console = new Console(Path.of(""), Map.of());

    /** The home of the commands; may be the folder. */
    abstract Path home(Path folder) throws Exception;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
      console = new Console(home(folder), Map.of());
    }

    AssayProcess.Ended run(String... arguments) {
      return console.run(arguments);
    }

    @Test
    void chatShowsTheAnswerAndRecordsTheCall() {
      AssayProcess.Ended chat =
          run("chat", "-m", "sim/echo", "--meta", "näme=wért", "Héllo", "you");

      assertThat(chat.exitCode()).isEqualTo(Cli.DONE);
      assertThat(chat.out()).isEqualTo("Héllo you\n");
      assertThat(chat.err()).startsWith("simulated | sim/echo | ");
      AssayProcess.Ended shown = run("calls", "show", "--json", call(chat));
      assertThat(shown.out())
          .contains("\"status\":\"success\"", "\"principal\":\"host\"", "\"näme\":\"wért\"")
          .contains("Héllo you");
    }

    @Test
    void chatAsJsonTellsAllAboutTheCall() {
      AssayProcess.Ended chat = run("chat", "--json", "-m", "sim/echo", "Hi");

      assertThat(chat.out())
          .contains("\"text\":\"Hi\"", "\"simulated\":true", "\"provider\":\"sim\"")
          .contains("\"cost_usd\":0", "\"attempts\":1", "\"error\":null");
      assertThat(chat.err()).isEmpty();
    }

    @Test
    void chatWithoutAModelSaysWhichItAsks() {
      assertThat(run("chat", "Hi").err()).startsWith("Asking sim/small: no other provider");
    }

    @Test
    void chatWithAnUnknownModelFailsAndIsRecorded() {
      AssayProcess.Ended chat = run("chat", "-m", "sim/nothing", "Hi");

      assertThat(chat.exitCode()).isEqualTo(Cli.FAILED);
      assertThat(chat.out()).isEmpty();
      assertThat(chat.err()).startsWith("assay: ").contains("sim/nothing");
      assertThat(run("calls", "show", call(chat)).out()).contains("Status      ");
    }

    @Test
    void aFailureIsTheSameWhoeverAsked() {
      AssayProcess.Ended chat = run("chat", "-m", "openai/gpt-4o", "Hi");

      assertThat(chat.exitCode()).isEqualTo(Cli.FAILED);
      assertThat(chat.err())
          .startsWith(
              "assay: model_not_found: The model \"openai/gpt-4o\" needs the provider openai");
    }

    @Test
    void embedTakesFromTheLedgerWhatItHas() {
      AssayProcess.Ended first = run("embed", "--json", "-m", "sim/embedding", "one", "two");
      assertThat(first.exitCode()).isEqualTo(Cli.DONE);
      assertThat(first.out())
          .contains("\"simulated\":true", "\"attempts\":1", "\"dimension\":256")
          .contains("\"cached\":false");

      AssayProcess.Ended again = run("embed", "--json", "-m", "sim/embedding", "two", "one");
      assertThat(again.out()).contains("\"attempts\":0").doesNotContain("\"cached\":false");
      assertThat(vector(again.out(), 1)).isEqualTo(vector(first.out(), 0)).hasSizeGreaterThan(256);
      assertThat(again.out().replaceAll(".*\"request_hash\":\"([0-9a-f]{64})\".*", "$1").strip())
          .hasSize(64);

      AssayProcess.Ended mixed = run("embed", "-m", "sim/embedding", "three", "one");
      assertThat(mixed.out()).contains("CACHED", " no ", " yes ");
      assertThat(run("calls", "show", "--json", call(mixed)).out())
          .contains("\"modality\":\"embedding\"", "\"texts\":2", "\"cached\":1");
    }

    private static String vector(String json, int place) {
      Matcher vector = VECTOR.matcher(json);
      for (int i = 0; i <= place; i++) {
        assertThat(vector.find()).as(json).isTrue();
      }
      return vector.group(1);
    }

    @Test
    void embedWithoutAModelAsksTheOneInProcess() {
      AssayProcess.Ended embedded = run("embed", "The weather is lovely today.");

      assertThat(embedded.err())
          .startsWith("Asking local/all-minilm-l6-v2: it runs in this program")
          .contains("local/all-minilm-l6-v2 | ");
      assertThat(embedded.out()).contains("384", "1.0000");
    }

    @Test
    void modelsListsWhatIsUsableAndWhyTheRestIsNot() {
      assertThat(run("models").out())
          .contains("sim/echo", "sim/flaky", "simulated")
          .contains("openai: OPENAI_API_KEY is not set");
    }

    @Test
    void metadataMustNotHaveTheLedgersOwnName() {
      assertThat(run("chat", "-m", "sim/echo", "--meta", "assay=1", "Hi").exitCode())
          .isEqualTo(Cli.BAD_USAGE);
    }

    @Test
    void callsAndStatsReadTheLedger() {
      String id = call(run("chat", "-m", "sim/echo", "Hi"));

      assertThat(run("calls", "list", "--model", "sim/echo").out()).contains(id);
      assertThat(run("calls", "list", "--json").out()).startsWith("{\"calls\":[");
      assertThat(run("stats").out()).contains("of these calls were simulated.");
      assertThat(run("stats", "--json").out()).contains("\"call_count\":");
    }

    @Test
    void verifyFindsTheLedgerIntact() {
      run("chat", "-m", "sim/echo", "Hi");

      AssayProcess.Ended verified = run("ledger", "verify", "--json");

      assertThat(verified.exitCode()).isEqualTo(Cli.DONE);
      assertThat(verified.out()).contains("\"intact\":true");
    }
  }

  @Nested
  class WhenNobodyServes extends EveryCommand {
    @Override
    Path home(Path folder) throws Exception {
      Files.writeString(folder.resolve("assay.yaml"), INSTANT);
      return folder;
    }

    @Test
    void doctorSaysSo() {
      assertThat(run("doctor").out()).contains("owner: nobody serves");
    }

    @Test
    void theHomeIsFreeAfterwards() {
      run("chat", "-m", "sim/echo", "Hi");

      assertThat(run("chat", "-m", "sim/echo", "Hi").exitCode()).isEqualTo(Cli.DONE);
    }
  }

  @Nested
  class WhenAnotherProcessServes extends EveryCommand {
    private RunningAssay server;

    @Override
    Path home(Path folder) {
      server = RunningAssay.start(Map.of(), INSTANT);
      return server.home();
    }

    @AfterAll
    void stop() {
      server.close();
    }

    @Test
    void doctorSaysWhich() {
      assertThat(run("doctor").out())
          .contains(
              "process " + server.process().pid() + " serves on port " + server.uri().getPort());
    }

    @Test
    void anotherServerDoesNotStart() {
      AssayProcess.Ended second = run("serve", "--port", "0");

      assertThat(second.exitCode()).isEqualTo(Cli.FAILED);
      assertThat(second.err())
          .contains("is in use by the process " + server.process().pid())
          .contains("--home");
    }
  }

  @Nested
  class AChangedLedger {
    @TempDir private Path home;

    @Test
    void isSaidWithWhatWasCheckedBefore() throws Exception {
      Files.writeString(home.resolve("assay.yaml"), INSTANT);
      Console console = new Console(home, Map.of());
      console.run("chat", "-m", "sim/echo", "Hi");
      try (Connection ledger =
              DriverManager.getConnection("jdbc:sqlite:" + home.resolve("assay.db"));
          Statement statement = ledger.createStatement()) {
        statement.execute("CREATE TABLE extra (x)");
      }

      AssayProcess.Ended verified = console.run("ledger", "verify");

      assertThat(verified.exitCode()).isEqualTo(Cli.FAILED);
      assertThat(verified.out())
          .startsWith("The ledger is not intact: changed schema: The table extra ")
          .contains("\nChecked before it: 2 records in 2 commits from ")
          .doesNotContain("Intact");
    }
  }

  @Nested
  class BeforeAnythingWasRecorded {
    @TempDir private Path home;

    @Test
    void doctorFindsThatTheHomeIsNoFolder() throws Exception {
      Path file = Files.writeString(home.resolve("file"), "");

      AssayProcess.Ended doctor = new Console(file, Map.of()).run("doctor");

      assertThat(doctor.exitCode()).isEqualTo(Cli.FAILED);
      assertThat(doctor.out()).contains("failed  home: " + file + " is no folder");
    }

    @Test
    void readersSaySoAndMakeNothing() throws Exception {
      Path absent = home.resolve("absent");
      Console console = new Console(absent, Map.of());

      for (String[] command : new String[][] {{"calls", "list"}, {"stats"}, {"ledger", "verify"}}) {
        AssayProcess.Ended ended = console.run(command);
        assertThat(ended.exitCode()).isEqualTo(Cli.FAILED);
        assertThat(ended.err()).startsWith("assay: There is no ledger at ");
      }
      assertThat(console.run("doctor").out()).contains("nothing is recorded yet");
      assertThat(absent).doesNotExist();
    }
  }
}
