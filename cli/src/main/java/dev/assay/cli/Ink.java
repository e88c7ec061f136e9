package dev.assay.cli;

/** How a piece of text looks on a terminal with colours. */
enum Ink {
  /** As everything else. */
  PLAIN(""),
  /** Headings. */
  BOLD("\u001b[1m"),
  /** Side remarks. */
  DIM("\u001b[2m"),
  /** Failures. */
  RED("\u001b[31m"),
  /** Things that are well. */
  GREEN("\u001b[32m"),
  /** Warnings. */
  YELLOW("\u001b[33m");

  private static final String OFF = "\u001b[0m";

  private final String on;

  Ink(String on) {
    this.on = on;
  }

  /** The text in this look. */
  String paint(String text) {
    return this == PLAIN || text.isEmpty() ? text : on + text + OFF;
  }
}
