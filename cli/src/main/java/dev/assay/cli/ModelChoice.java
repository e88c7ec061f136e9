package dev.assay.cli;

import java.util.Optional;

/**
 * The model that a command asks.
 *
 * @param model its name
 * @param reason why it was chosen; absent when the command line names it
 */
public record ModelChoice(String model, Optional<String> reason) {}
