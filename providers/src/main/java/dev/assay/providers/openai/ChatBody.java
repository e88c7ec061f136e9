package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Member;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Members;
import dev.assay.wire.json.Splice;
import dev.assay.wire.openai.CapName;
import dev.assay.wire.openai.ChatRequestWriter;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the body of a request. One that came in this format leaves as the client's own bytes with
 * these edits: {@code model} is the provider's name for it, a stream always asks for its usage, and
 * {@code assay} is taken out.
 */
final class ChatBody {
  private static final Bytes TRUE = Bytes.utf8("true");
  private static final Bytes WITH_USAGE = Bytes.utf8("{\"include_usage\":true}");

  private ChatBody() {}

  /**
   * The body.
   *
   * @param cap how the server calls the greatest number of output tokens, for a request that is
   *     written anew
   */
  static Bytes of(ChatRequest request, CapName cap) {
    Optional<Wire> wire = request.wire().filter(came -> came.format() == WireFormat.OPENAI_CHAT);
    if (wire.isPresent()) {
      return spliced(request, wire.get());
    }
    return ChatRequestWriter.write(
        request.streaming().events() ? request.withStreaming(Streaming.EVENTS_WITH_USAGE) : request,
        cap);
  }

  private static Bytes spliced(ChatRequest request, Wire wire) {
    Splice splice = new Splice(wire.body(), wire.members());
    splice.set("model", request.model()).remove("assay");
    boolean streams = request.streaming().events();
    // A strategy may want the answer to come in another way than the client does.
    if (streams != streams(wire)) {
      splice.set("stream", Bytes.utf8(Boolean.toString(streams)));
    }
    if (!streams) {
      return (streams(wire) ? splice.remove("stream_options") : splice).apply();
    }
    return splice.set("stream_options", withUsage(wire)).apply();
  }

  private static boolean streams(Wire wire) {
    return value(wire.body(), wire.members(), "stream").equals(TRUE);
  }

  private static Bytes withUsage(Wire wire) {
    Bytes options = value(wire.body(), wire.members(), "stream_options");
    Optional<Map<String, Member>> members = Members.of(options);
    if (members.isEmpty()) {
      return WITH_USAGE;
    }
    return value(options, members.get(), "include_usage").equals(TRUE)
        ? options
        : new Splice(options, members.get()).set("include_usage", TRUE).apply();
  }

  private static Bytes value(Bytes text, Map<String, Member> members, String name) {
    Member member = members.get(name);
    return member == null ? Bytes.EMPTY : text.slice(member.value().start(), member.value().end());
  }
}
