package dev.assay.providers.local;

import java.nio.file.Path;

/**
 * How the model in process runs.
 *
 * @param natives the folder that its native libraries are unpacked into, some 25 MB, once for each
 *     of their versions
 * @param threads how many texts are embedded at once; each takes one core
 */
public record LocalSettings(Path natives, int threads) {
  /** Checks the number. */
  public LocalSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: must be at least 1");
    }
  }

  /** Half of the cores, so that the model does not hold up everything else. */
  public static LocalSettings of(Path natives) {
    return new LocalSettings(natives, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }
}
