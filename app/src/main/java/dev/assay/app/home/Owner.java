package dev.assay.app.home;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The process that owns a home, as the lock file names it.
 *
 * @param pid its process identifier
 * @param port where it answers; absent while it does not, or does not yet
 * @param token what it takes as proof that the asker may read the home
 */
public record Owner(long pid, OptionalInt port, String token) {
  private static final String END = "end";

  /** The content of the lock file. */
  byte[] written() {
    String text =
        "pid="
            + pid
            + "\n"
            + (port.isPresent() ? "port=" + port.getAsInt() + "\n" : "")
            + "token="
            + token
            + "\n"
            + END
            + "\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads the content of a lock file; empty when it is not whole, as it is being written. */
  static Optional<Owner> read(byte[] content) {
    String text = new String(content, StandardCharsets.US_ASCII);
    if (!text.endsWith("\n" + END + "\n")) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    text.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> values.put(parts[0], parts[1]));
    try {
      String port = values.get("port");
      return Optional.of(
          new Owner(
              Long.parseLong(values.getOrDefault("pid", "")),
              port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
              values.getOrDefault("token", "")));
    } catch (NumberFormatException damaged) {
      return Optional.empty();
    }
  }

  /** Names the process, never the token. */
  @Override
  public String toString() {
    return "Owner[pid=" + pid + ", port=" + port + "]";
  }
}
