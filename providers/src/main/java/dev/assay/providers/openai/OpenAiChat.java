package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.WireFormat;
import dev.assay.providers.attempt.HttpAttempts;
import dev.assay.wire.format.UpstreamFormat;
import dev.assay.wire.openai.CapName;
import dev.assay.wire.openai.ChatRequestWriter;
import dev.assay.wire.openai.ChatUpstream;
import dev.assay.wire.responses.ResponsesUpstream;
import dev.assay.wire.translation.Translation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks an account by Chat Completions or by Responses. Thread-safe. */
public final class OpenAiChat {
  private final OpenAiApi api;
  private final HttpAttempts attempts;
  private final ApiChoice choice;
  private final CapName cap;

  /**
   * Requests to an account.
   *
   * @param cap how its Chat Completions call the greatest number of output tokens
   */
  public OpenAiChat(OpenAiApi api, HttpAttempts attempts, ApiChoice choice, CapName cap) {
    this.api = api;
    this.attempts = attempts;
    this.choice = choice;
    this.cap = cap;
  }

  /** Answers by one attempt; refuses what the format in which it would leave cannot say. */
  public Outcome answer(ChatRequest request, CallContext context, Sink sink) {
    WireFormat format = choice.format(request);
    return switch (Translation.of(request, format)) {
      case Translation.Impossible(var field, var message) ->
          attempts.unsupported(request, message, Optional.of(field));
      case Translation.Possible(var said, var warnings) ->
          attempts.chat(
              said,
              api.completion(
                  format, said.model(), body(said, format), said.streaming().events(), said.wire()),
              upstream(format),
              warnings(said, format, warnings),
              context,
              sink);
    };
  }

  private Bytes body(ChatRequest request, WireFormat format) {
    return format == WireFormat.OPENAI_RESPONSES
        ? ResponsesBody.of(request, attempts.provider())
        : ChatBody.of(request, cap);
  }

  private List<String> warnings(ChatRequest request, WireFormat format, List<String> lost) {
    boolean asItCame = request.wire().filter(came -> came.format() == format).isPresent();
    if (format != WireFormat.OPENAI_CHAT || asItCame) {
      return lost;
    }
    return Stream.concat(lost.stream(), ChatRequestWriter.losses(request, cap).stream()).toList();
  }

  private static UpstreamFormat upstream(WireFormat format) {
    return format == WireFormat.OPENAI_RESPONSES ? ResponsesUpstream.FORMAT : ChatUpstream.FORMAT;
  }
}
