package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Principal;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.Calls;
import dev.assay.core.store.StoredCall;
import dev.assay.core.store.StoredForm;
import dev.assay.wire.anthropic.MessagesUpstream;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.format.UpstreamFormat;
import dev.assay.wire.gemini.GeminiUpstream;
import dev.assay.wire.openai.ChatUpstream;
import dev.assay.wire.responses.ResponsesRequest;
import dev.assay.wire.responses.ResponsesRequestReader;
import dev.assay.wire.responses.ResponsesUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Responses as the ledger keeps them, by the identifiers that their clients got, and the
 * conversations that go on from them. Thread-safe.
 */
final class StoredResponses {
  private static final String PREVIOUS = "previous_response_id";
  private static final int LONGEST = 256;
  private static final long MOST_CHARACTERS = 20_000_000;

  private final Calls calls;

  StoredResponses(Calls calls) {
    this.calls = calls;
  }

  /**
   * A stored response.
   *
   * @param call the call that it is of
   * @param request what was asked, as it came
   * @param parts what was answered
   * @param finish why the answer ended
   */
  record Stored(StoredCall call, ChatRequest request, List<Part> parts, FinishReason finish) {}

  /**
   * The response with an identifier; empty when there is none that the principal may see, or its
   * bodies were erased.
   */
  Optional<Stored> find(String responseId, Principal principal) {
    return calls.response(responseId, principal).flatMap(StoredResponses::read);
  }

  private static Optional<Stored> read(StoredCall call) {
    if (call.requestJson().isEmpty() || call.responseJson().isEmpty() || call.form().isEmpty()) {
      return Optional.empty();
    }
    RequestRead asked =
        ResponsesRequestReader.read(
            Bytes.utf8(call.requestJson().get()), Map.of(), Optional.empty());
    return asked instanceof RequestRead.Valid(ChatRequest request)
        ? answer(call, request, call.form().get(), Bytes.utf8(call.responseJson().get()))
        : Optional.empty();
  }

  private static Optional<Stored> answer(
      StoredCall call, ChatRequest request, StoredForm form, Bytes body) {
    Optional<UpstreamFormat> format = upstream(form.format());
    if (format.isEmpty()) {
      return Optional.empty();
    }
    if (form.streamed()) {
      EventReader events = format.get().events();
      StoredEvents.of(body).forEach(events::read);
      return Optional.of(new Stored(call, request, events.parts(), events.finish()));
    }
    return format.get().answer(body) instanceof AnswerRead.Completion said
        ? Optional.of(new Stored(call, request, said.parts(), said.finish()))
        : Optional.empty();
  }

  private static Optional<UpstreamFormat> upstream(WireFormat format) {
    return switch (format) {
      case OPENAI_CHAT -> Optional.of(ChatUpstream.FORMAT);
      case OPENAI_RESPONSES -> Optional.of(ResponsesUpstream.FORMAT);
      case ANTHROPIC_MESSAGES -> Optional.of(MessagesUpstream.FORMAT);
      case GEMINI -> Optional.of(GeminiUpstream.FORMAT);
      case OPENAI_EMBEDDINGS -> Optional.empty();
    };
  }

  /**
   * The request with what was said before it, when it goes on from a response. One that only its
   * provider knows can go on at that provider alone.
   */
  RequestRead continued(ChatRequest request, Principal principal) {
    List<Stored> before = new ArrayList<>();
    Optional<String> previous = ResponsesRequest.previous(request);
    long characters = 0;
    while (previous.isPresent()) {
      Optional<Stored> stored = find(previous.get(), principal);
      if (stored.isEmpty()) {
        return ResponsesRequest.madeHere(previous.get()) || !before.isEmpty()
            ? invalid("names a response that is not stored here: send the whole conversation")
            : new RequestRead.Valid(elsewhere(request));
      }
      before.add(stored.get());
      characters += size(stored.get().call());
      if (before.size() > LONGEST || characters > MOST_CHARACTERS) {
        return invalid("leads to a conversation that is too long: send what matters of it");
      }
      previous = ResponsesRequest.previous(stored.get().request());
    }
    return new RequestRead.Valid(joined(before.reversed(), request));
  }

  private static long size(StoredCall call) {
    return (long) call.requestJson().map(String::length).orElse(0)
        + call.responseJson().map(String::length).orElse(0);
  }

  private static ChatRequest joined(List<Stored> before, ChatRequest request) {
    Optional<Stored> last = Optional.empty();
    for (Stored stored : before) {
      ChatRequest whole = last.map(Stored::request).orElse(stored.request());
      if (last.isPresent()) {
        whole = ResponsesRequest.continuing(stored.request(), whole, last.get().parts());
      }
      last = Optional.of(new Stored(stored.call(), whole, stored.parts(), stored.finish()));
    }
    return last.map(stored ->
            ResponsesRequest.continuing(
                keptBy(stored.call().row().provider(), request), stored.request(), stored.parts()))
        .orElse(request);
  }

  private static ChatRequest keptBy(String provider, ChatRequest request) {
    Wire wire = request.wire().orElseThrow();
    return request.withWire(
        new Wire(
            wire.format(),
            wire.body(),
            wire.members(),
            wire.headers(),
            wire.query(),
            wire.unread(),
            Optional.of(provider)));
  }

  private static ChatRequest elsewhere(ChatRequest request) {
    Wire wire = request.wire().orElseThrow();
    List<String> unread = new ArrayList<>(wire.unread());
    unread.add(PREVIOUS);
    return request.withWire(
        new Wire(wire.format(), wire.body(), wire.members(), wire.headers(), wire.query(), unread));
  }

  private static RequestRead invalid(String problem) {
    return new RequestRead.Invalid(
        ErrorCode.INVALID_REQUEST, PREVIOUS + " " + problem + ".", Optional.of(PREVIOUS));
  }
}
