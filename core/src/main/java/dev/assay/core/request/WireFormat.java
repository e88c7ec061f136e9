package dev.assay.core.request;

/** A wire format: how a door or a provider writes requests, answers, streams and errors. */
public enum WireFormat {
  /** OpenAI Chat Completions, {@code POST /v1/chat/completions}. */
  OPENAI_CHAT("openai");

  private final String provider;

  WireFormat(String provider) {
    this.provider = provider;
  }

  /** The provider whose own format it is; a bare model name is looked up there first. */
  public String provider() {
    return provider;
  }
}
