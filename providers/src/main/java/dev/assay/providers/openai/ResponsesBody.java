package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Member;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Splice;
import dev.assay.wire.responses.ResponsesRequest;
import dev.assay.wire.responses.ResponsesRequestWriter;
import dev.assay.wire.translation.Translation;
import java.util.Optional;

/**
 * Makes the body of a request to Responses. One that came in this format leaves as the client's own
 * bytes with these edits: {@code model} is the provider's name for it, and {@code assay} is taken
 * out.
 *
 * <p>A {@code previous_response_id} that was made here means nothing to the provider: the
 * conversation that it stands for, which the request's messages hold, takes its place in {@code
 * input}. So it does where the input brings back the reasoning of another provider.
 */
final class ResponsesBody {
  private static final Bytes TRUE = Bytes.utf8("true");

  private ResponsesBody() {}

  /**
   * The body.
   *
   * @param provider the name of the provider that gets it
   */
  static Bytes of(ChatRequest request, String provider) {
    Optional<Wire> wire =
        request.wire().filter(came -> came.format() == WireFormat.OPENAI_RESPONSES);
    return wire.isPresent()
        ? spliced(request, wire.get(), provider)
        : ResponsesRequestWriter.write(request);
  }

  private static Bytes spliced(ChatRequest request, Wire wire, String provider) {
    Splice splice = new Splice(wire.body(), wire.members());
    splice.set("model", request.model()).remove("assay");
    boolean streams = request.streaming().events();
    // A strategy may want the answer to come in another way than the client does.
    if (streams != streams(wire)) {
      splice.set("stream", Bytes.utf8(Boolean.toString(streams)));
      if (!streams) {
        splice.remove("stream_options");
      }
    }
    boolean told = wire.continues().isPresent();
    boolean kept = wire.continues().map(provider::equals).orElse(true);
    boolean madeHere =
        ResponsesRequest.previous(request).filter(ResponsesRequest::madeHere).isPresent();
    if (madeHere || !kept || Translation.signedElsewhere(request, WireFormat.OPENAI_RESPONSES)) {
      splice.set("input", ResponsesRequestWriter.input(request));
      // What it stands for is in the input now.
      if (madeHere || told) {
        splice.remove("previous_response_id");
      }
    }
    return splice.apply();
  }

  private static boolean streams(Wire wire) {
    Member member = wire.members().get("stream");
    return member != null
        && wire.body().slice(member.value().start(), member.value().end()).equals(TRUE);
  }
}
