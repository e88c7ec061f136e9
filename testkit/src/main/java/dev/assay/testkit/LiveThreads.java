package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The threads of this process at a moment, virtual ones included, to find out later which ones were
 * left behind.
 */
public final class LiveThreads {
  private static final Pattern ENTRY = Pattern.compile("#(\\d+) \"([^\"]*)\".*");

  // The JVM's own, which it starts when it needs them.
  private static final Pattern OWN =
      Pattern.compile(
          "ForkJoinPool.*|VirtualThread-.*|.*Poller.*|.*Cleaner.*|process reaper.*|Attach Listener");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<Long, String> known;

  private LiveThreads(Map<Long, String> known) {
    this.known = known;
  }

  /** The threads that live now. */
  public static LiveThreads now() {
    return new LiveThreads(census());
  }

  /**
   * Checks that every thread started since has ended; those that are just ending get a moment.
   *
   * @throws AssertionError names the threads that were left
   */
  public void assertNoneLeft() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Map<Long, String> left = since();
    while (!left.isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
      left = since();
    }
    assertThat(left.values()).as("threads that were left behind").isEmpty();
  }

  private Map<Long, String> since() {
    Map<Long, String> left = census();
    left.keySet().removeAll(known.keySet());
    left.values().removeIf(name -> OWN.matcher(name).matches());
    return left;
  }

  private static Map<Long, String> census() {
    try {
      // The dump wants to make the file itself.
      Path folder = Files.createTempDirectory("threads");
      Path dump = folder.resolve("dump.txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      Map<Long, String> threads = new TreeMap<>();
      try (Stream<String> lines = Files.lines(dump)) {
        lines
            .map(ENTRY::matcher)
            .filter(Matcher::matches)
            .forEach(entry -> threads.put(Long.parseLong(entry.group(1)), entry.group(2)));
      }
      Files.delete(dump);
      Files.delete(folder);
      return threads;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
