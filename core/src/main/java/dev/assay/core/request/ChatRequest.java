package dev.assay.core.request;

import java.util.List;
import java.util.Optional;

/**
 * A conversation that a model should continue.
 *
 * @param model the model's name
 * @param messages the conversation so far; never empty
 * @param sampling how the answer is drawn
 * @param tools what the model may call
 * @param format the form that the answer must have
 * @param reasoning how much the model should reason
 * @param streaming how the answer should arrive
 * @param wire the wire form that it came in
 */
public record ChatRequest(
    String model,
    List<Message> messages,
    Sampling sampling,
    Tools tools,
    ResponseFormat format,
    ReasoningSetting reasoning,
    Streaming streaming,
    Optional<Wire> wire)
    implements Request {
  /** Its {@link #modality()}. */
  public static final String MODALITY = "text";

  /** Checks that there is a model and a message, and copies the messages. */
  public ChatRequest {
    if (model.isBlank()) {
      throw new IllegalArgumentException("model: is blank");
    }
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages: is empty");
    }
  }

  /** A request with the model's defaults that is answered in one piece. */
  public static ChatRequest of(String model, List<Message> messages) {
    return new ChatRequest(
        model,
        messages,
        Sampling.DEFAULT,
        Tools.NONE,
        new ResponseFormat.Text(),
        ReasoningSetting.DEFAULT,
        Streaming.NONE,
        Optional.empty());
  }

  /** A request of one user message. */
  public static ChatRequest of(String model, String text) {
    return of(model, List.of(Message.text(Role.USER, text)));
  }

  @Override
  public ChatRequest withModel(String model) {
    return model.equals(this.model)
        ? this
        : new ChatRequest(model, messages, sampling, tools, format, reasoning, streaming, wire);
  }

  /** The same request, answered in another way. */
  public ChatRequest withStreaming(Streaming streaming) {
    return new ChatRequest(model, messages, sampling, tools, format, reasoning, streaming, wire);
  }

  /** The same request with another wire form. */
  public ChatRequest withWire(Wire wire) {
    return new ChatRequest(
        model, messages, sampling, tools, format, reasoning, streaming, Optional.of(wire));
  }

  /** The same request with another wish for reasoning. */
  public ChatRequest withReasoning(ReasoningSetting reasoning) {
    return new ChatRequest(model, messages, sampling, tools, format, reasoning, streaming, wire);
  }

  @Override
  public String modality() {
    return MODALITY;
  }
}
