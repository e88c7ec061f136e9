package dev.assay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;

/**
 * A stream that people or programs read. On a terminal, control characters are taken out of every
 * text, because a model or a file may have written it. Thread-safe.
 */
public final class Output {
  private final Writer writer;
  private final boolean terminal;
  private final boolean colours;
  private boolean open = true;

  /**
   * An output in UTF-8.
   *
   * @param stream where it goes
   * @param terminal whether a terminal shows it
   * @param colours whether colours are wanted; only a terminal gets them
   */
  public Output(OutputStream stream, boolean terminal, boolean colours) {
    this.writer = new OutputStreamWriter(stream, UTF_8);
    this.terminal = terminal;
    this.colours = terminal && colours;
  }

  /** Whether a terminal shows it. */
  boolean terminal() {
    return terminal;
  }

  /** Whether it shows colours. */
  boolean colours() {
    return colours;
  }

  /** Whether somebody still reads it; false once a write has failed. */
  synchronized boolean open() {
    return open;
  }

  /** Writes a text at once. */
  void print(String text) {
    print(Ink.PLAIN, text);
  }

  /** Writes a text at once, in a look. */
  void print(Ink ink, String text) {
    String shown = terminal ? withoutControls(text) : text;
    write(colours ? ink.paint(shown) : shown);
  }

  /** Writes a text and ends the line. */
  void line(String text) {
    line(Ink.PLAIN, text);
  }

  /** Writes a text in a look and ends the line. */
  void line(Ink ink, String text) {
    print(ink, text + "\n");
  }

  /** Writes text that this program made for a terminal and whose escape sequences must stay. */
  void trusted(String text) {
    write(text);
  }

  private synchronized void write(String text) {
    if (!open) {
      return;
    }
    try {
      writer.write(text);
      writer.flush();
    } catch (IOException broken) {
      open = false;
    }
  }

  /** The text without the control characters of ASCII and Latin-1, but with lines and tabs. */
  static String withoutControls(String text) {
    if (text.chars().noneMatch(Output::unwanted)) {
      return text;
    }
    StringBuilder kept = new StringBuilder(text.length());
    text.chars()
        .filter(character -> !unwanted(character))
        .forEach(character -> kept.append((char) character));
    return kept.toString();
  }

  private static boolean unwanted(int character) {
    return Character.isISOControl(character) && character != '\n' && character != '\t';
  }
}
