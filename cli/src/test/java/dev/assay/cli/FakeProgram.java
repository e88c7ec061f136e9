package dev.assay.cli;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Delta;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ModelCatalog;
import dev.assay.core.model.Principal;
import dev.assay.core.model.ProviderStatus;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallPage;
import dev.assay.core.store.CallQuery;
import dev.assay.core.store.CallRow;
import dev.assay.core.store.CallSummary;
import dev.assay.core.store.Calls;
import dev.assay.core.store.StoredAttempt;
import dev.assay.core.store.StoredCall;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;

/** A program that answers from memory and remembers what it was asked. */
final class FakeProgram implements Program {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final UUID CALL = UUID.fromString("01970000-0000-7000-8000-000000000001");
  static final Timings TIMINGS =
      new Timings(NOW, Duration.ofMillis(340), Optional.of(Duration.ofMillis(90)));

  final List<ChatRequest> asked = new ArrayList<>();
  final List<EmbeddingRequest> embedded = new ArrayList<>();
  final List<Map<String, String>> metadata = new ArrayList<>();
  final List<CallQuery> queries = new ArrayList<>();
  final List<CallFilter> summaries = new ArrayList<>();
  final List<OptionalInt> ports = new ArrayList<>();
  final List<Setup> setups = new ArrayList<>();
  List<String> deltas = List.of("Hello", ", you");
  String provider = "openai";
  String model = "gpt-4o-mini";
  long simulated = 4;
  long unknownCosts = 2;
  boolean empty;
  List<Part> whole = List.of();
  boolean fails;
  boolean refusesSetup;
  Optional<String> fault = Optional.empty();
  List<Finding> findings = List.of(new Finding("home", Finding.State.OK, "fine"));
  Cancellation cancellation = new Cancellation();

  @Override
  public String version() {
    return "9.8.7";
  }

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public Instant now() {
        return NOW;
      }

      @Override
      public long nanos() {
        return 0;
      }
    };
  }

  @Override
  public Registration onStop(Runnable action) {
    return () -> {};
  }

  @Override
  public Serving serve(Setup setup) throws SetupException {
    remember(setup);
    ports.add(setup.port());
    return new Serving() {
      @Override
      public URI address() {
        return URI.create("http://127.0.0.1:8420");
      }

      @Override
      public Path home() {
        return Path.of("/home/of/assay");
      }

      @Override
      public void awaitStop() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Session open(Setup setup, Consumer<String> remark) throws SetupException {
    remember(setup);
    return new Session() {
      @Override
      public ModelChoice choose(Optional<String> wished) {
        return wished
            .map(name -> new ModelChoice(name, Optional.empty()))
            .orElse(new ModelChoice("sim/small", Optional.of("nothing else is usable")));
      }

      @Override
      public ModelChoice chooseEmbedding(Optional<String> wished) {
        return new ModelChoice(
            wished.orElse("local/all-minilm-l6-v2"),
            wished.isPresent() ? Optional.empty() : Optional.of("it runs in this program"));
      }

      @Override
      public Reply embed(EmbeddingRequest request, Map<String, String> stored, Cancellation ended) {
        embedded.add(request);
        metadata.add(stored);
        List<Part> parts =
            request.texts().stream()
                .<Part>map(text -> new Part.Embedding(Vector.of(text.length(), 0, 0.5f, 0, 0)))
                .toList();
        Details details =
            Details.refused("all-minilm-l6-v2", TIMINGS)
                .withEmbedding(
                    new EmbeddingReport(
                        Bytes.wrap(new byte[] {1, (byte) 0xff}),
                        Collections.nCopies(parts.size(), true),
                        List.of()));
        Outcome outcome =
            fails
                ? Failure.refused(
                    ErrorCode.UNSUPPORTED_REQUEST, "No.", Optional.of("dimensions"), details)
                : new Answer(parts, FinishReason.STOP, details);
        return new Reply(
            Optional.of(CALL), outcome, details.usage(), details.cost(), 0, Optional.empty());
      }

      @Override
      public Reply ask(
          ChatRequest request, Map<String, String> meta, Cancellation wanted, Sink sink) {
        asked.add(request);
        metadata.add(meta);
        cancellation = wanted;
        if (request.streaming().events()) {
          deltas.forEach(text -> sink.accept(Delta.text(text)));
        }
        return reply();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public ModelCatalog models(Setup setup) {
    ModelCard small = new ModelCard("sim/small", "sim", Optional.empty(), true, Optional.empty());
    return new ModelCatalog() {
      @Override
      public List<ProviderStatus> providers() {
        return List.of(
            new ProviderStatus("sim", "built in", Optional.empty(), List.of(small)),
            new ProviderStatus(
                "openai", "environment", Optional.of("OPENAI_API_KEY is not set"), List.of()));
      }

      @Override
      public List<ModelCard> aliases() {
        return List.of(
            new ModelCard("fast", "assay", Optional.empty(), false, Optional.of("sim/small")));
      }
    };
  }

  @Override
  public LedgerReader ledger(Setup setup) throws SetupException {
    remember(setup);
    return new LedgerReader() {
      @Override
      public Calls calls() {
        return new OneCall();
      }

      @Override
      public String json(CallPage page) {
        return "{\"page\":" + page.calls().size() + "}";
      }

      @Override
      public String json(StoredCall call) {
        return "{\"call\":\"" + call.row().id() + "\"}";
      }

      @Override
      public String json(CallSummary summary, CallFilter filter) {
        return "{\"call_count\":" + summary.total().calls() + "}";
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Verification verify(Setup setup) {
    return new Verification(12, 3, Optional.of(NOW), Optional.of(NOW), fault);
  }

  @Override
  public List<Finding> examine(Setup setup) {
    return findings;
  }

  private void remember(Setup setup) throws SetupException {
    setups.add(setup);
    if (refusesSetup) {
      throw new SetupException("server.port: must be a port");
    }
  }

  private Reply reply() {
    Details details =
        new Details(
            CallKind.PROVIDER,
            provider.isEmpty() ? "" : "sim",
            model.isEmpty() ? "" : "small",
            Usage.reported(1200, 34),
            Cost.free(),
            List.of(),
            TIMINGS,
            Optional.empty(),
            List.of(),
            true);
    List<Part> parts = whole.isEmpty() ? List.of(new Part.Text(String.join("", deltas))) : whole;
    Outcome outcome =
        fails
            ? new Failure(
                ErrorCode.RATE_LIMITED,
                "sim asks for fewer requests",
                Optional.empty(),
                RetryDecision.soon(),
                Optional.empty(),
                List.of(),
                details)
            : new Answer(parts, FinishReason.STOP, details);
    return new Reply(
        Optional.of(CALL),
        outcome,
        details.usage(),
        new Cost.Known(Money.ofDollars(new BigDecimal("0.00002775"))),
        1,
        Optional.empty());
  }

  private final class OneCall implements Calls {
    private final CallRow row =
        new CallRow(
            CALL,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            CallKind.PROVIDER,
            "local",
            Optional.empty(),
            Optional.empty(),
            provider.isEmpty() ? "" : "sim",
            model.isEmpty() ? "" : "flaky",
            "text",
            CallStatus.FAILED,
            Delivered.YES,
            Optional.of("rate_limited"),
            Optional.of(Duration.ofMillis(340)),
            Optional.empty(),
            Usage.ABSENT,
            Cost.unknown(),
            Optional.empty(),
            true,
            Optional.of(2),
            "writer-1",
            7,
            NOW);

    @Override
    public Optional<StoredCall> response(String responseId, Principal principal) {
      return Optional.empty();
    }

    @Override
    public Optional<StoredCall> find(UUID id) {
      StoredAttempt attempt =
          new StoredAttempt(
              1,
              "try",
              "sim",
              "flaky",
              Optional.empty(),
              Optional.of(429),
              Optional.of("rate_limited"),
              Optional.empty(),
              Duration.ZERO,
              Duration.ofMillis(12),
              Usage.NONE,
              Cost.free(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              NOW);
      return id.equals(CALL)
          ? Optional.of(
              new StoredCall(
                  row,
                  Optional.of("{\"messages\":[]}"),
                  Optional.empty(),
                  Optional.of("{\"code\":\"rate_limited\"}"),
                  Optional.empty(),
                  List.of(attempt)))
          : Optional.empty();
    }

    @Override
    public CallPage list(CallQuery query) {
      queries.add(query);
      return empty
          ? new CallPage(List.of(), Optional.empty())
          : new CallPage(List.of(row), Optional.of(CALL));
    }

    @Override
    public CallSummary summary(CallFilter filter) {
      summaries.add(filter);
      CallSummary.Totals totals =
          new CallSummary.Totals(
              10,
              simulated,
              1000,
              20,
              0,
              0,
              300,
              0,
              40,
              7,
              Money.ofDollars(new BigDecimal("1.5")),
              unknownCosts,
              Map.of("success", 9L, "failed", 1L),
              Map.of("rate_limited", 1L),
              Optional.of(new CallSummary.Latency(120.5, 100, 2000, 3000)));
      return new CallSummary(
          totals,
          List.of(new CallSummary.ModelTotals(provider, model, totals)),
          Optional.empty(),
          Optional.empty());
    }
  }
}
