package dev.assay.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program as a process of its own: {@code assay serve} on a free port, with a home that goes
 * when it is closed. It runs the class path of the test, without the launcher.
 */
public final class RunningAssay implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("serves on (http://\\S+)");
  private static final long PATIENCE_SECONDS = 60;

  private final Path home;
  private final Map<String, String> environment;
  private final Process process;
  private final List<String> errors = new ArrayList<>();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final Thread listener;
  private volatile URI uri = URI.create("http://not.ready.invalid");

  private RunningAssay(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = Map.copyOf(environment);
    this.process = AssayProcess.start(home, environment, "serve", "--port", "0");
    this.listener = Thread.ofPlatform().daemon().start(this::listen);
    awaitReady();
  }

  /** Starts it with a new home. */
  public static RunningAssay start(Map<String, String> environment) {
    return start(environment, "");
  }

  /**
   * Starts it with a new home.
   *
   * @param environment all variables that it sees, beside what a process cannot do without
   * @param configuration the content of {@code assay.yaml}
   */
  public static RunningAssay start(Map<String, String> environment, String configuration) {
    try {
      Path home = Files.createTempDirectory("assay-home");
      Files.writeString(home.resolve("assay.yaml"), configuration);
      return start(home, environment);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Starts it with a home that is there, which goes too when it is closed. */
  public static RunningAssay start(Path home, Map<String, String> environment) {
    return new RunningAssay(home, environment);
  }

  /** Starts it again with the same home, after it was killed or stopped. */
  public RunningAssay again() {
    return start(home, environment);
  }

  /** Where it answers, without a path. */
  public URI uri() {
    return uri;
  }

  /** Its home. */
  public Path home() {
    return home;
  }

  /** The process. */
  public Process process() {
    return process;
  }

  /** What it has said on standard error so far. */
  public String errors() {
    synchronized (errors) {
      return String.join("\n", errors);
    }
  }

  /** Ends it as a crash would (SIGKILL), and waits until it is gone. */
  public void kill() {
    // Not by the process itself, which would close what there is still to read.
    process.toHandle().destroyForcibly();
    awaitEnd();
  }

  /** Asks it to stop (SIGTERM), and waits until it has. */
  public int stop() {
    process.toHandle().destroy();
    awaitEnd();
    return process.exitValue();
  }

  /** Runs another command on the same home, and waits until it has ended. */
  public AssayProcess.Ended command(String... arguments) {
    return AssayProcess.run(home, environment, "", arguments);
  }

  /** Kills it when it still runs, and deletes its home unless that is gone already. */
  @Override
  public void close() {
    kill();
    if (!Files.exists(home)) {
      return;
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException undeletable) {
      throw new UncheckedIOException(undeletable);
    }
  }

  private void listen() {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (errors) {
          errors.add(line);
        }
        Matcher matcher = READY.matcher(line);
        if (matcher.find()) {
          uri = URI.create(matcher.group(1));
          ready.countDown();
        }
      }
    } catch (IOException closed) {
      synchronized (errors) {
        errors.add("(standard error broke)");
      }
    } finally {
      ready.countDown();
    }
  }

  private void awaitReady() {
    try {
      boolean heard = ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!heard || uri.getPort() < 0) {
        process.destroyForcibly();
        throw new AssertionError("assay did not get ready: " + errors());
      }
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("assay did not end: " + errors());
      }
      listener.join();
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  private static AssertionError interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting for assay", cause);
  }
}
