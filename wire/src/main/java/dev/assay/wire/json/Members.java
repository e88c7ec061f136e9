package dev.assay.wire.json;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Member;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Finds the members of the outermost object of a JSON text. */
public final class Members {
  private Members() {}

  /**
   * Where the members stand, by unescaped name.
   *
   * @return empty when the text is not one well-formed object with distinct names in UTF-8
   */
  public static Optional<Map<String, Member>> of(Bytes text) {
    if (!MemberReader.looksLikeUtf8(text)) {
      return Optional.empty();
    }
    try (MemberReader reader = new MemberReader(text)) {
      if (!reader.enter()) {
        return Optional.empty();
      }
      while (reader.next()) {
        if (reader.duplicate()) {
          return Optional.empty();
        }
      }
      return reader.atEnd() ? Optional.of(Map.copyOf(reader.members())) : Optional.empty();
    } catch (JacksonException malformed) {
      return Optional.empty();
    }
  }
}
