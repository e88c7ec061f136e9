package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.Member;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.CallRow;
import dev.assay.core.store.Calls;
import dev.assay.web.http.Door;
import dev.assay.web.http.HttpExchange;
import dev.assay.wire.json.Members;
import dev.assay.wire.responses.ResponsesAnswerWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /v1/responses/{id}}, as OpenAI's API has it, from the ledger. What is recorded is not
 * deleted by a client, so there is no {@code DELETE}.
 */
public final class ResponsesDoor implements Door {
  static final String ONE = "/v1/responses/";

  private static final int OK = 200;

  private final StoredResponses responses;
  private final CallContexts contexts;

  /**
   * The door.
   *
   * @param contexts knows who asks
   */
  public ResponsesDoor(Calls calls, CallContexts contexts) {
    this.contexts = contexts;
    this.responses = new StoredResponses(calls);
  }

  @Override
  public void handle(HttpExchange exchange) {
    Optional<StoredResponses.Stored> stored =
        responses.find(
            exchange.path().substring(ONE.length()), contexts.principal(exchange.head()));
    if (stored.isEmpty()) {
      Errors.send(
          ErrorCode.NOT_FOUND,
          "No response with this identifier is stored here.",
          Optional.of("response_id"),
          exchange);
      return;
    }
    exchange.send(OK, body(stored.get()));
  }

  private static Bytes body(StoredResponses.Stored stored) {
    Bytes body = Bytes.utf8(stored.call().responseJson().orElseThrow());
    boolean own = stored.call().form().orElseThrow().format() == WireFormat.OPENAI_RESPONSES;
    if (!own) {
      return written(stored);
    }
    return stored.call().form().orElseThrow().streamed()
        ? lastSaid(body).orElseGet(() -> written(stored))
        : body;
  }

  /** The response that the last event of a stream carries. */
  private static Optional<Bytes> lastSaid(Bytes body) {
    for (Bytes event : StoredEvents.of(body).reversed()) {
      Optional<Member> response = Members.of(event).map(members -> members.get("response"));
      if (response.isPresent()) {
        return response.map(member -> event.slice(member.value().start(), member.value().end()));
      }
    }
    return Optional.empty();
  }

  private static Bytes written(StoredResponses.Stored stored) {
    CallRow row = stored.call().row();
    Timings timings =
        new Timings(row.createdAt(), row.latency().orElse(Duration.ZERO), row.firstToken());
    Details details =
        new Details(
            row.kind(),
            row.provider(),
            row.model(),
            row.usage(),
            row.cost(),
            List.of(),
            timings,
            Optional.empty(),
            List.of(),
            row.simulated());
    return new ResponsesAnswerWriter(row.id(), stored.request(), row.createdAt())
        .whole(new Answer(stored.parts(), stored.finish(), details));
  }
}
