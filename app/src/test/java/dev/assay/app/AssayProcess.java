package dev.assay.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts commands of the program as processes, on the class path of the test. */
public final class AssayProcess {
  private static final long PATIENCE_SECONDS = 60;

  private AssayProcess() {}

  /**
   * What a command came to.
   *
   * @param exitCode its exit code
   * @param out what it wrote to standard output
   * @param err what it wrote to standard error
   */
  public record Ended(int exitCode, String out, String err) {}

  /**
   * Starts a command.
   *
   * @param environment all variables that it sees, beside what a process cannot do without
   */
  public static Process start(Path home, Map<String, String> environment, String... arguments) {
    try {
      return builder(home, environment, arguments).start();
    } catch (IOException unstartable) {
      throw new UncheckedIOException(unstartable);
    }
  }

  /**
   * Runs a command and waits until it has ended.
   *
   * @param input what it reads from standard input
   */
  public static Ended run(
      Path home, Map<String, String> environment, String input, String... arguments) {
    try {
      Path out = Files.createTempFile("assay", ".out");
      Path err = Files.createTempFile("assay", ".err");
      Process process =
          builder(home, environment, arguments)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the command did not end: " + List.of(arguments));
      }
      Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return ended;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a command", interrupted);
    }
  }

  private static ProcessBuilder builder(
      Path home, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseParallelGC",
            "-Xmx512m",
            "-Xms96m",
            "-Xmn48m",
            "-XX:-UseAdaptiveSizePolicy",
            "-XX:SurvivorRatio=6",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.assay.app.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
    builder.environment().put("ASSAY_HOME", home.toString());
    builder.environment().putAll(environment);
    return builder;
  }
}
