package dev.assay.web.api;

import dev.assay.core.model.CallContext.Attachment;
import java.util.Map;

/** What a request says of where its call belongs. */
sealed interface Attached {
  /** Nothing. */
  Valid NOTHING = new Valid(Attachment.NONE, Map.of());

  /**
   * Something that can be used.
   *
   * @param attachment where the call belongs
   * @param metadata the caller's free key–values
   */
  record Valid(Attachment attachment, Map<String, String> metadata) implements Attached {
    /** Copies the metadata. */
    public Valid {
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * Something that cannot.
   *
   * @param message says what is wrong and what would be right
   * @param field the header, or the member of the body
   */
  record Invalid(String message, String field) implements Attached {}
}
