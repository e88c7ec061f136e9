package dev.assay.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line says about where and how the program works.
 *
 * @param home the home folder; absent is {@code ASSAY_HOME}, else {@code ~/.assay}
 * @param config the configuration file; absent is {@code assay.yaml} in the home, when it exists
 * @param port the port to serve on; absent is the configured one
 */
public record Setup(Optional<Path> home, Optional<Path> config, OptionalInt port) {}
