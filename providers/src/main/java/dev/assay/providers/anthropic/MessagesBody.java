package dev.assay.providers.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Member;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.anthropic.ForeignThinking;
import dev.assay.wire.anthropic.MessagesRequestWriter;
import dev.assay.wire.json.Splice;
import dev.assay.wire.translation.Translation;
import java.util.Optional;

/**
 * Makes the body of a request. One that came in this format leaves as the client's own bytes with
 * these edits: {@code model} is the provider's name for it, {@code stream} is as it is wanted now,
 * and {@code assay} and the reasoning of other providers are taken out.
 */
final class MessagesBody {
  private static final Bytes TRUE = Bytes.utf8("true");

  private MessagesBody() {}

  /**
   * The body of a request for a message.
   *
   * @param defaultMaxTokens the cap on output tokens for a request of another format without one
   */
  static Bytes of(ChatRequest request, long defaultMaxTokens) {
    return same(request)
        .map(wire -> spliced(request, wire, request.streaming().events()))
        .orElseGet(() -> MessagesRequestWriter.write(request, defaultMaxTokens));
  }

  /**
   * The body of a request for the number of input tokens.
   *
   * @param defaultMaxTokens as for {@link #of}
   */
  static Bytes count(ChatRequest request, long defaultMaxTokens) {
    return same(request)
        .map(wire -> spliced(request, wire, streams(wire)))
        .orElseGet(() -> MessagesRequestWriter.writeCount(request, defaultMaxTokens));
  }

  /** The client's own bytes, when they are of this format. */
  static Optional<Wire> same(ChatRequest request) {
    return request.wire().filter(came -> came.format() == WireFormat.ANTHROPIC_MESSAGES);
  }

  private static Bytes spliced(ChatRequest request, Wire wire, boolean streams) {
    Splice splice = new Splice(wire.body(), wire.members());
    splice.set("model", request.model()).remove("assay");
    Member messages = wire.members().get("messages");
    if (messages != null && Translation.signedElsewhere(request, WireFormat.ANTHROPIC_MESSAGES)) {
      Bytes came = wire.body().slice(messages.value().start(), messages.value().end());
      splice.set("messages", ForeignThinking.without(came));
    }
    // A strategy may want the answer to come in another way than the client does.
    if (streams != streams(wire)) {
      splice.set("stream", Bytes.utf8(Boolean.toString(streams)));
    }
    return splice.apply();
  }

  private static boolean streams(Wire wire) {
    Member member = wire.members().get("stream");
    return member != null
        && wire.body().slice(member.value().start(), member.value().end()).equals(TRUE);
  }
}
