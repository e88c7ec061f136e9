package dev.assay.wire.openai;

/** Which members of a request a server takes. */
public enum ChatFields {
  /**
   * OpenAI's own; it and many other servers refuse a request with members that they do not know.
   */
  OPENAI,
  /**
   * Also {@code reasoning_details} with what a server of this API signed, which it wants back; only
   * one that is not OpenAI can have made it.
   */
  SIGNED,
  /**
   * Also those that other vendors added: {@code reasoning_content}, {@code reasoning_details},
   * {@code reasoning}, {@code cache_control} and {@code extra_content}. Assay's own door takes them
   * all, and so the ledger keeps requests in them. No provider is asked in them, as none takes all.
   */
  EXTENDED
}
