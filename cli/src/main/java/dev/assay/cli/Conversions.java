package dev.assay.cli;

import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options and parameters, and says for people what is wrong with them. */
final class Conversions {
  private Conversions() {}

  /** Lets a command line, with all commands below it, read values so. */
  static CommandLine in(CommandLine line) {
    return line.registerConverter(UUID.class, Conversions::call)
        .registerConverter(CallStatus.class, Conversions::status)
        .registerConverter(CallKind.class, Conversions::kind)
        .registerConverter(Path.class, Conversions::path)
        .registerConverter(Integer.class, Conversions::number)
        .registerConverter(int.class, Conversions::number);
  }

  private static UUID call(String text) {
    try {
      UUID id = UUID.fromString(text);
      // The JDK takes shortened groups too.
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException none) {
      // Said below.
    }
    throw wrong(text, "is no identifier of a call; assay calls list shows them");
  }

  private static CallStatus status(String text) {
    for (CallStatus status : CallStatus.values()) {
      if (status.text().equalsIgnoreCase(text)) {
        return status;
      }
    }
    throw wrong(text, "is none of " + String.join(", ", new FilterOptions.Statuses()));
  }

  private static CallKind kind(String text) {
    for (CallKind kind : CallKind.values()) {
      if (kind.text().equalsIgnoreCase(text)) {
        return kind;
      }
    }
    throw wrong(text, "is none of " + String.join(", ", new FilterOptions.Kinds()));
  }

  private static Path path(String text) {
    if (text.isBlank()) {
      // As a path it would be the working folder, and is rather a variable that is not set.
      throw new TypeConversionException("must not be empty");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException invalid) {
      throw wrong(text, "is no path");
    }
  }

  private static Integer number(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException none) {
      throw wrong(text, "is no whole number, or too large");
    }
  }

  private static TypeConversionException wrong(String text, String why) {
    return new TypeConversionException("'" + text + "' " + why);
  }
}
