package dev.assay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.app.home.Home;
import dev.assay.app.home.HomeLock;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: how they start, stop, and die. */
class LifeCycleTest {
  private static final String SLOW = "sim: {latency-scale: 1000}\n";

  @TempDir private Path folder;

  @Nested
  class AServer {
    @Test
    void stopsWithSuccessWhenItIsAskedTo() {
      try (RunningAssay server = RunningAssay.start(Map.of())) {
        assertThat(server.stop()).isZero();
        assertThat(server.errors()).contains("Assay is stopping.");
        assertThat(HomeLock.owner(new Home(server.home()))).isEmpty();
      }
    }

    @Test
    void leavesItsHomeFreeWhenItDies() {
      try (RunningAssay server = RunningAssay.start(Map.of())) {
        server.kill();

        assertThat(HomeLock.owner(new Home(server.home()))).isEmpty();
        try (RunningAssay next = server.again()) {
          assertThat(next.process().isAlive()).isTrue();
        }
      }
    }

    @Test
    void keepsEveryFileToItself() throws Exception {
      try (RunningAssay server = RunningAssay.start(Map.of(), "log: {file: assay.log}")) {
        server.command("chat", "-m", "sim/echo", "Hi");

        try (Stream<Path> files = Files.walk(server.home())) {
          for (Path file : files.filter(one -> !one.endsWith("assay.yaml")).toList()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .as(file.toString())
                .endsWith("------");
          }
        }
      }
    }

    @Test
    void saysWhatIsWrongAndEnds() throws Exception {
      Files.writeString(folder.resolve("assay.yaml"), "server: {prot: 1}");

      AssayProcess.Ended ended = AssayProcess.run(folder, Map.of(), "", "serve");

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err())
          .isEqualTo(
              "assay: "
                  + folder
                  + "/assay.yaml:1: server.prot: is no key: did you mean server.port? Correct it or"
                  + " remove it\n");
    }

    @Test
    void saysThatThePortIsTaken() {
      try (RunningAssay server = RunningAssay.start(Map.of())) {
        String port = String.valueOf(server.uri().getPort());

        AssayProcess.Ended second = AssayProcess.run(folder, Map.of(), "", "serve", "--port", port);

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains(port).contains("choose another port with --port");
        assertThat(HomeLock.owner(new Home(folder))).isEmpty();
      }
    }
  }

  @Nested
  class AChat {
    @Test
    void readsStandardInput() {
      AssayProcess.Ended chat =
          AssayProcess.run(folder, Map.of(), "a\nb\n", "chat", "-m", "sim/echo", "Echo:");

      assertThat(chat.exitCode()).isZero();
      assertThat(chat.out()).isEqualTo("Echo:\n\na\nb\n");
    }

    @Test
    void readsAFileOfVariablesInItsWorkingFolder() throws Exception {
      Files.writeString(folder.resolve(".env"), "OPENAI_MODEL=gpt-x\n");

      AssayProcess.Ended chat = AssayProcess.run(folder, Map.of(), "", "chat", "Hi");

      assertThat(chat.err()).startsWith("Asking openai/gpt-x: OPENAI_MODEL says so\n");
    }

    @Test
    void isCancelledByASignalAndRecorded() throws Exception {
      Files.writeString(folder.resolve("assay.yaml"), SLOW);
      Process chat = AssayProcess.start(folder, Map.of(), "chat", "Hi");
      chat.getOutputStream().close();
      try (BufferedReader said = chat.errorReader(StandardCharsets.UTF_8)) {
        assertThat(said.readLine()).startsWith("Asking sim/small");

        chat.toHandle().destroy();

        assertThat(said.readLine()).startsWith("assay: cancelled: ");
      }
      assertThat(chat.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(chat.exitValue()).isEqualTo(128 + 15);
      assertThat(new Console(folder, Map.of()).run("calls", "list").out()).contains("cancelled");
    }

    @Test
    void waitsForAnotherThatOwnsTheHome() throws Exception {
      Home home = new Home(folder);
      home.prepare();
      HomeLock lock = ((HomeLock.Result.Taken) HomeLock.take(home)).lock();
      Process chat = AssayProcess.start(folder, Map.of(), "chat", "-m", "sim/echo", "Hi");
      chat.getOutputStream().close();
      try (BufferedReader said = chat.errorReader(StandardCharsets.UTF_8)) {
        assertThat(said.readLine()).startsWith("Waiting for the process " + lock.owner().pid());

        lock.close();

        assertThat(said.readLine()).startsWith("simulated | sim/echo");
      }
      assertThat(chat.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(chat.exitValue()).isZero();
    }
  }
}
