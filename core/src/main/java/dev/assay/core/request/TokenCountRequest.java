package dev.assay.core.request;

import java.util.Optional;

/**
 * How many input tokens would a chat request have? Nothing is generated.
 *
 * @param chat the request that is counted
 */
public record TokenCountRequest(ChatRequest chat) implements Request {
  /** Its {@link #modality()}. */
  public static final String MODALITY = "token_count";

  @Override
  public String model() {
    return chat.model();
  }

  @Override
  public Optional<Wire> wire() {
    return chat.wire();
  }

  @Override
  public TokenCountRequest withModel(String model) {
    return new TokenCountRequest(chat.withModel(model));
  }

  @Override
  public String modality() {
    return MODALITY;
  }
}
