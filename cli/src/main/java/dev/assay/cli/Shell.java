package dev.assay.cli;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What every command has.
 *
 * @param program does the work
 * @param terminal where to read and write
 * @param options the options that every command takes
 */
record Shell(Program program, Terminal terminal, SharedOptions options) {
  Output out() {
    return terminal.out();
  }

  Output err() {
    return terminal.err();
  }

  boolean json() {
    return options.json();
  }

  Setup setup() {
    return setup(Optional.empty());
  }

  Setup setup(Optional<Integer> port) {
    return new Setup(
        options.home(),
        options.config(),
        port.isPresent() ? OptionalInt.of(port.get()) : OptionalInt.empty());
  }
}
