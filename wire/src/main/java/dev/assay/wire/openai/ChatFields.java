package dev.assay.wire.openai;

/** Which members of a request a server takes. */
public enum ChatFields {
  /**
   * OpenAI's own; it and many other servers refuse a request with members that they do not know.
   */
  OPENAI,
  /**
   * Also those that other vendors added: {@code reasoning_content}, {@code reasoning_details},
   * {@code reasoning}, {@code cache_control} and {@code extra_content}. Assay's own door takes them
   * all.
   */
  EXTENDED
}
