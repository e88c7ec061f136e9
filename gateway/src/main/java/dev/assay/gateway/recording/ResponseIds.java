package dev.assay.gateway.recording;

import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.Member;
import dev.assay.core.request.Request;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import java.util.Optional;

/** The identifiers of responses that can be asked for again. */
final class ResponseIds {
  private static final String PREFIX = "resp_assay_";

  private ResponseIds() {}

  /**
   * The identifier that the door of Responses gives an answer; absent for other doors, for failures
   * and when the client said {@code "store": false}.
   */
  static Optional<String> of(Request request, CallContext context, Outcome outcome) {
    return request
        .wire()
        .filter(wire -> wire.format() == WireFormat.OPENAI_RESPONSES)
        .filter(wire -> outcome instanceof Answer && stored(wire))
        .map(wire -> PREFIX + context.callId().toString().replace("-", ""));
  }

  private static boolean stored(Wire wire) {
    Member member = wire.members().get("store");
    return member == null
        || !wire.body().slice(member.value().start(), member.value().end()).utf8().equals("false");
  }
}
