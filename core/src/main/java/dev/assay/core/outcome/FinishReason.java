package dev.assay.core.outcome;

import java.util.Locale;

/** Why an answer ended. */
public enum FinishReason {
  /** The model was done, or met a stop text. */
  STOP,
  /** The cap on output tokens was reached. */
  LENGTH,
  /** The model asks for tools. */
  TOOL_CALLS,
  /** The provider cut the answer for its content. */
  CONTENT_FILTER,
  /** The model declined. */
  REFUSAL,
  /** Something else, or nothing was said. */
  OTHER;

  /** The stable name, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
