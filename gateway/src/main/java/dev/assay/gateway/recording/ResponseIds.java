package dev.assay.gateway.recording;

import dev.assay.core.model.CallContext;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Exchange;
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
   * The identifier that a client of the door of Responses sees: the provider's own where its answer
   * passes as it came, else the door's. Absent for other doors, for failures and when the client
   * said {@code "store": false}.
   */
  static Optional<String> of(Request request, CallContext context, Outcome outcome) {
    return request
        .wire()
        .filter(wire -> wire.format() == WireFormat.OPENAI_RESPONSES)
        .filter(wire -> outcome instanceof Answer && stored(wire))
        .map(wire -> passed(outcome).orElseGet(() -> own(context)));
  }

  private static Optional<String> passed(Outcome outcome) {
    return outcome
        .details()
        .exchange()
        .filter(exchange -> exchange.format() == WireFormat.OPENAI_RESPONSES)
        .flatMap(Exchange::answerId);
  }

  private static String own(CallContext context) {
    return PREFIX + context.callId().toString().replace("-", "");
  }

  private static boolean stored(Wire wire) {
    Member member = wire.members().get("store");
    return member == null
        || !wire.body().slice(member.value().start(), member.value().end()).utf8().equals("false");
  }
}
