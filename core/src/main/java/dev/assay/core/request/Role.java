package dev.assay.core.request;

/** Who says a message. */
public enum Role {
  /** The operator's instructions; OpenAI's {@code developer} is the same. */
  SYSTEM,
  /** The person or program that asks. */
  USER,
  /** The model. */
  ASSISTANT,
  /** The result of a tool that the model called. */
  TOOL
}
