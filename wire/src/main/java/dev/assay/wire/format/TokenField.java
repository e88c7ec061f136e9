package dev.assay.wire.format;

import dev.assay.core.usage.Usage;
import dev.assay.wire.json.Fields;
import tools.jackson.core.JsonParser;

/** Reads a count of tokens that a provider tells. Stateless. */
public final class TokenField {
  /** What stands for a count that is not told, or that cannot be one. */
  public static final long ABSENT = -1;

  private TokenField() {}

  /**
   * The count that the parser stands on; {@link #ABSENT} when it is no integer, negative or more
   * than {@link Usage#MOST}.
   */
  public static long read(JsonParser parser) {
    return Fields.integerOrAbsent(parser)
        .filter(count -> count >= 0 && count <= Usage.MOST)
        .orElse(ABSENT);
  }
}
