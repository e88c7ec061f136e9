package dev.assay.cli;

import java.io.InputStream;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param inputTerminal whether a person types there
 * @param out gets what was asked for, and nothing else
 * @param err gets what is said about it
 */
public record Terminal(InputStream in, boolean inputTerminal, Output out, Output err) {}
