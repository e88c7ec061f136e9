package dev.assay.app;

import dev.assay.app.config.Configuration;
import dev.assay.app.home.Owner;
import dev.assay.cli.ModelChoice;
import dev.assay.cli.Reply;
import dev.assay.cli.Session;
import dev.assay.cli.SetupException;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Principal;
import dev.assay.core.model.Provider;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Request;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallRow;
import dev.assay.core.store.Calls;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.providers.attempt.Account;
import dev.assay.providers.openai.OpenAiProvider;
import dev.assay.wire.embeddings.EmbeddingsReportReader;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.http.HttpSettings;
import dev.assay.wire.http.HttpTimeouts;
import dev.assay.wire.json.Json;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Asks models by the process that owns the home: as a client of its door, with the token of the
 * lock file. What the door's format does not say (cost, attempts, Assay's own error code) is read
 * from the ledger, where the call is before its answer comes. For one call at a time.
 */
final class ServedSession implements Session {
  private static final String PROCESS = "assay";
  private static final String METADATA = "x-assay-metadata";

  private final URI address;
  private final String token;
  private final Premises premises;
  private final Clock clock;
  private final Tasks tasks;
  private final CallIdNotice http;
  private final ModelChooser chooser;

  /**
   * A session.
   *
   * @param owner the process
   * @param port where it answers
   */
  ServedSession(Owner owner, int port, Premises premises, Clock clock, Tasks tasks) {
    this.address = URI.create("http://127.0.0.1:" + port + "/v1");
    this.token = owner.token();
    this.premises = premises;
    this.clock = clock;
    this.tasks = tasks;
    this.http = new CallIdNotice(HttpClient.open(HttpSettings.DEFAULT, clock));
    this.chooser = new ModelChooser(configuration(), this::catalog);
  }

  private Configuration configuration() {
    return premises.configuration();
  }

  /** What the process offers. */
  ServedCatalog catalog() {
    return new ServedCatalog(process(Map.of()), address.toString(), configuration());
  }

  @Override
  public ModelChoice choose(Optional<String> wished) {
    return chooser.choose(wished);
  }

  @Override
  public Reply ask(
      ChatRequest request, Map<String, String> metadata, Cancellation cancellation, Sink sink) {
    return asked(request, metadata, cancellation, sink);
  }

  @Override
  public ModelChoice chooseEmbedding(Optional<String> wished) {
    return chooser.chooseEmbedding(wished);
  }

  @Override
  public Reply embed(
      EmbeddingRequest request, Map<String, String> metadata, Cancellation cancellation) {
    return asked(request, metadata, cancellation, Sink.discarding());
  }

  private Reply asked(
      Request request, Map<String, String> metadata, Cancellation cancellation, Sink sink) {
    CallContext context =
        new CallContext(
            // The process makes the identifier that counts.
            new UUID(0, 0),
            CallContext.Attachment.NONE,
            Principal.LOCAL,
            clock.now().plus(configuration().gateway().deadline()),
            cancellation,
            configuration().gateway().budget(),
            metadata);
    Outcome outcome = process(metadata).answer(request, context, sink);
    Optional<UUID> call = http.last();
    return call.flatMap(this::row)
        .map(row -> reply(call, recorded(outcome, row), row))
        .orElseGet(() -> unrecorded(call, outcome));
  }

  private Provider process(Map<String, String> metadata) {
    HttpTimeouts patient =
        new HttpTimeouts(
            HttpTimeouts.STREAM.connect(),
            // The process watches its providers itself, and may try several.
            configuration().gateway().deadline(),
            configuration().gateway().deadline(),
            configuration().gateway().deadline(),
            Optional.empty());
    Account door =
        new Account(
            PROCESS,
            address,
            Optional.of(token),
            metadata.isEmpty() ? Map.of() : Map.of(METADATA, json(metadata)),
            patient,
            Account.LARGEST_ANSWER,
            address.toString(),
            Set.of());
    return new OpenAiProvider(door, http, Secrets.of(List.of(token)), clock, tasks);
  }

  /** A JSON object in ASCII, as headers are. */
  private static String json(Map<String, String> metadata) {
    String text =
        Json.write(
                json -> {
                  json.writeStartObject();
                  new HashMap<>(metadata).forEach(json::writeStringProperty);
                  json.writeEndObject();
                })
            .utf8();
    StringBuilder ascii = new StringBuilder(text.length());
    text.chars()
        .forEach(character ->
            ascii.append(
                character < 0x7F
                    ? String.valueOf((char) character)
                    : String.format("\\u%04x", character)));
    return ascii.toString();
  }

  private Optional<CallRow> row(UUID call) {
    try (StoredLedger ledger = StoredLedger.open(configuration().ledger(), clock)) {
      Calls calls = ledger.calls();
      return calls.find(call).map(found -> found.row());
    } catch (SetupException unreadable) {
      return Optional.empty();
    }
  }

  private static Outcome recorded(Outcome outcome, CallRow row) {
    Details came = outcome.details();
    Details details =
        new Details(
            row.kind(),
            row.provider(),
            row.model(),
            row.usage(),
            row.cost(),
            came.attempts(),
            new Timings(
                row.createdAt(), row.latency().orElse(came.timings().latency()), row.firstToken()),
            came.exchange(),
            came.warnings(),
            row.simulated(),
            came.exchange().flatMap(exchange -> EmbeddingsReportReader.read(exchange.body())));
    return switch (outcome) {
      case Answer answer -> answer.withDetails(details);
      case Failure failure ->
          new Failure(
              row.errorCode().flatMap(ErrorCode::of).orElse(failure.code()),
              failure.provider().flatMap(ProviderError::message).orElse(failure.message()),
              failure.field(),
              failure.retry(),
              failure.provider(),
              failure.partial(),
              details);
    };
  }

  private static Reply reply(Optional<UUID> call, Outcome outcome, CallRow row) {
    return new Reply(
        call,
        outcome,
        row.usage(),
        row.cost(),
        row.attempts().orElse(outcome.details().attempts().size()),
        Optional.empty());
  }

  private static Reply unrecorded(Optional<UUID> call, Outcome outcome) {
    Details details = outcome.details();
    return new Reply(call, outcome, details.usage(), details.cost(), 1, Optional.empty());
  }

  @Override
  public void close() {
    http.close();
  }
}
