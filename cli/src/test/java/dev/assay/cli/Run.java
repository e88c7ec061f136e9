package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** Runs commands in this process and keeps what they write. */
final class Run {
  final FakeProgram program = new FakeProgram();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private String input = "";
  private boolean terminal;
  private boolean colours;

  Run typing(String text) {
    input = text;
    return this;
  }

  Run onTerminal(boolean withColours) {
    terminal = true;
    colours = withColours;
    return this;
  }

  int command(String... arguments) {
    return new Cli(
            program,
            new Terminal(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                terminal,
                new Output(written, terminal, colours),
                new Output(said, terminal, colours)))
        .run(arguments);
  }

  String out() {
    return written.toString(UTF_8);
  }

  String err() {
    return said.toString(UTF_8);
  }
}
