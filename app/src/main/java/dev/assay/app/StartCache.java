package dev.assay.app;

import dev.assay.cli.Finding;
import dev.assay.cli.Finding.State;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Java's ahead-of-time cache, by which the launcher makes starts fast. When it does not fit the
 * program or the JDK any more, Java goes without it and says nothing.
 */
final class StartCache {
  private static final String OPTION = "-XX:AOTCache=";
  private static final String INSIST = "-XX:AOTMode=on";

  private StartCache() {}

  /** Whether it can be used; empty when the process was started without the launcher. */
  static Optional<Finding> finding() {
    List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return options.stream()
        .filter(option -> option.startsWith(OPTION))
        .findFirst()
        .map(option -> usable(options) ? well() : unused(option.substring(OPTION.length())));
  }

  private static Finding well() {
    return new Finding("start-up cache", State.OK, "is used");
  }

  private static Finding unused(String file) {
    return new Finding(
        "start-up cache",
        State.WARNING,
        "is not used, so starts are slower: remove the folder "
            + Path.of(file).toAbsolutePath().getParent()
            + " and the launcher builds it anew");
  }

  /** Starts Java in the same way, but so that it insists on the cache. */
  private static boolean usable(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(INSIST, "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("--version");
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException unstartable) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
