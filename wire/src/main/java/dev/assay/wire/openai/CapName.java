package dev.assay.wire.openai;

/** By which name a server takes the greatest number of output tokens. */
public enum CapName {
  /** The name that every compatible server knows; OpenAI's reasoning models refuse it. */
  MAX_TOKENS("max_tokens"),
  /** OpenAI's newer name, which all of its own models take; other servers often ignore it. */
  MAX_COMPLETION_TOKENS("max_completion_tokens");

  private final String member;

  CapName(String member) {
    this.member = member;
  }

  String member() {
    return member;
  }
}
