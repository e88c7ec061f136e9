package dev.assay.core.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A wire format: how a door or a provider writes requests, answers, streams and errors. */
public enum WireFormat {
  /** OpenAI Chat Completions, {@code POST /v1/chat/completions}. */
  OPENAI_CHAT("openai", "Chat Completions"),
  /** OpenAI Responses, {@code POST /v1/responses}. */
  OPENAI_RESPONSES("openai", "Responses"),
  /** OpenAI Embeddings, {@code POST /v1/embeddings}. */
  OPENAI_EMBEDDINGS("openai", "Embeddings"),
  /** Anthropic Messages, {@code POST /v1/messages}. */
  ANTHROPIC_MESSAGES("anthropic", "Messages"),
  /** Google Gemini, {@code POST /v1beta/models/{model}:generateContent}. */
  GEMINI("gemini", "Gemini");

  private final String provider;
  private final String title;

  WireFormat(String provider, String title) {
    this.provider = provider;
    this.title = title;
  }

  /** The provider whose own format it is; a bare model name is looked up there first. */
  public String provider() {
    return provider;
  }

  /** The stable name, in lower case, which stands in the ledger. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of a stable name. */
  public static Optional<WireFormat> of(String text) {
    return Arrays.stream(values()).filter(format -> format.text().equals(text)).findFirst();
  }

  /** What people call it, such as {@code Messages}. */
  public String title() {
    return title;
  }
}
