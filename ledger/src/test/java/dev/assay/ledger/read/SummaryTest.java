package dev.assay.ledger.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.CallContext.Attachment;
import dev.assay.core.outcome.Attempt;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.outcome.Timings;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallSummary;
import dev.assay.core.store.CallSummary.ModelTotals;
import dev.assay.core.store.CallSummary.Totals;
import dev.assay.core.store.Receipt;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.ledger.LedgerFolder;
import dev.assay.ledger.SampleCalls;
import dev.assay.ledger.SqliteLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Totals are what adding up all calls gives. */
class SummaryTest {
  private static final double ACCURACY = 0.01;
  private static final double ROUNDING = 1e-9;

  @TempDir private Path path;

  private final SampleCalls samples = new SampleCalls(Clock.system(), 31);
  private final Instant now = Clock.system().now();

  private CallRecord random(Random random) {
    String model = "m" + random.nextInt(3);
    long spread = random.nextInt(4) == 0 ? Duration.ofDays(120).toSeconds() : 50 * 3_600;
    Instant created = now.minusSeconds(random.nextLong(spread)).truncatedTo(ChronoUnit.MICROS);
    Usage usage =
        new Usage(
            random.nextInt(100),
            random.nextInt(9),
            random.nextInt(9),
            random.nextInt(9),
            50 + random.nextInt(50),
            random.nextInt(50),
            0,
            random.nextInt(50),
            Provenance.REPORTED);
    Cost cost =
        random.nextInt(5) == 0 ? Cost.unknown() : new Cost.Known(new Money(random.nextInt(1000)));
    CallKind kind = random.nextInt(6) == 0 ? CallKind.CACHED : CallKind.PROVIDER;
    Details details =
        new Details(
            kind,
            "p" + random.nextInt(2),
            model,
            usage,
            cost,
            List.<Attempt>of(),
            new Timings(
                created,
                Duration.ofNanos(1_000L * (1 + random.nextInt(9_000_000))),
                Optional.empty()),
            Optional.empty(),
            List.of(),
            random.nextBoolean());
    Outcome outcome =
        switch (random.nextInt(4)) {
          case 0 -> failure(ErrorCode.RATE_LIMITED, details);
          case 1 -> samples.refused(ErrorCode.MODEL_NOT_FOUND);
          default -> samples.answer(Optional.empty()).withDetails(details);
        };
    CallContext context = samples.context(Attachment.NONE);
    return new CallRecord(
        context,
        "text",
        Optional.empty(),
        Optional.empty(),
        SampleCalls.REQUEST,
        false,
        outcome,
        Delivered.YES,
        created);
  }

  private static Failure failure(ErrorCode code, Details details) {
    return new Failure(
        code, "no", Optional.empty(), RetryDecision.never(), Optional.empty(), List.of(), details);
  }

  private List<CallRecord> write(LedgerFolder folder, int count, long seed) throws Exception {
    Random random = new Random(seed);
    List<CallRecord> calls = new ArrayList<>();
    int left = count;
    while (left > 0) {
      // Several lives of the program, so that totals are merged from the files as well.
      try (SqliteLedger ledger =
          SqliteLedger.open(folder.settings(), Clock.system(), Secrets.NONE)) {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < Math.min(left, 700); i++) {
          CallRecord call = random(random);
          calls.add(call);
          receipts.add(ledger.record(call));
        }
        receipts.forEach(receipt -> assertThat(receipt.await().safe()).isTrue());
      }
      left -= 700;
    }
    return calls;
  }

  private static void requireSame(CallSummary summary, List<CallRecord> calls, String what) {
    requireSame(summary.total(), calls, what);
    long ofModels = summary.models().stream().mapToLong(model -> model.totals().calls()).sum();
    assertThat(ofModels).as(what).isEqualTo(calls.size());
  }

  private static void requireSame(Totals totals, List<CallRecord> calls, String what) {
    List<Details> billed =
        calls.stream()
            .map(call -> call.outcome().details())
            .filter(details -> details.kind() == CallKind.PROVIDER)
            .toList();
    assertThat(totals.calls()).as(what).isEqualTo(calls.size());
    assertThat(totals.simulated())
        .as(what)
        .isEqualTo(calls.stream().filter(call -> call.outcome().details().simulated()).count());
    Usage usage = billed.stream().map(Details::usage).reduce(Usage.NONE, Usage::plus);
    assertThat(
            List.of(
                totals.input(),
                totals.cacheRead(),
                totals.cacheWrite5m(),
                totals.cacheWrite1h(),
                totals.output(),
                totals.reasoning(),
                totals.inputAudio(),
                totals.outputAudio()))
        .as(what)
        .containsExactly(
            usage.input(),
            usage.cacheRead(),
            usage.cacheWrite5m(),
            usage.cacheWrite1h(),
            usage.output(),
            usage.reasoning(),
            usage.inputAudio(),
            usage.outputAudio());
    assertThat(totals.cost().picoDollars())
        .as(what)
        .isEqualTo(
            billed.stream()
                .flatMap(details -> details.cost().money().stream())
                .mapToLong(Money::picoDollars)
                .sum());
    assertThat(totals.unknownCosts())
        .as(what)
        .isEqualTo(billed.stream().filter(details -> details.cost().money().isEmpty()).count());
    for (CallStatus status : CallStatus.values()) {
      assertThat(totals.statuses().getOrDefault(status.text(), 0L))
          .as(what)
          .isEqualTo(calls.stream().filter(call -> call.outcome().status() == status).count());
    }
    requireLatency(totals, calls, what);
  }

  private static void requireLatency(Totals totals, List<CallRecord> calls, String what) {
    double[] latencies =
        calls.stream()
            .filter(call -> call.outcome().status() != CallStatus.REFUSED)
            .mapToDouble(call -> call.outcome().details().timings().latency().toNanos() / 1e6)
            .sorted()
            .toArray();
    if (latencies.length == 0) {
      assertThat(totals.latency()).as(what).isEmpty();
      return;
    }
    CallSummary.Latency latency = totals.latency().orElseThrow();
    assertThat(latency.mean())
        .as(what)
        .isCloseTo(
            java.util.Arrays.stream(latencies).average().orElseThrow(),
            org.assertj.core.data.Percentage.withPercentage(1e-6));
    requireQuantile(latency.p50(), latencies, 0.5, what);
    requireQuantile(latency.p95(), latencies, 0.95, what);
    requireQuantile(latency.p99(), latencies, 0.99, what);
  }

  private static void requireQuantile(
      double measured, double[] sorted, double quantile, String what) {
    double exact = sorted[(int) Math.floor(quantile * (sorted.length - 1))];
    assertThat(Math.abs(measured - exact) / exact)
        .as(what + " quantile " + quantile)
        .isLessThanOrEqualTo(ACCURACY + ROUNDING);
  }

  private static CallFilter filter(Optional<Instant> since, Optional<Instant> until) {
    CallFilter all = CallFilter.ALL;
    return new CallFilter(
        all.provider(),
        all.model(),
        all.status(),
        all.kind(),
        all.principal(),
        all.parentId(),
        all.runId(),
        all.group(),
        since,
        until);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void are_the_sum_of_all_calls_whatever_the_range_of_time(long seed) throws Exception {
    LedgerFolder folder = new LedgerFolder(path.resolve("home"));
    List<CallRecord> calls = write(folder, 1_500, seed);
    Random random = new Random(seed);
    try (SqliteLedger ledger = folder.open()) {
      requireSame(ledger.calls().summary(CallFilter.ALL), calls, "all, seed " + seed);
      // A call that is not in the stored totals yet counts too.
      CallRecord late = samples.answered();
      ledger.record(late).await();
      calls.add(late);
      for (int round = 0; round < 60; round++) {
        Optional<Instant> since = moment(random);
        Optional<Instant> until = moment(random);
        CallSummary summary = ledger.calls().summary(filter(since, until));
        Predicate<CallRecord> inside =
            call ->
                summary.since().map(start -> !call.createdAt().isBefore(start)).orElse(true)
                    && summary.until().map(call.createdAt()::isBefore).orElse(true);
        requireRounded(summary, since, until);
        requireSame(
            summary,
            calls.stream().filter(inside).toList(),
            "seed " + seed + " since " + since + " until " + until);
      }
    }
  }

  private Optional<Instant> moment(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(now.minusSeconds(random.nextLong(3 * 3_600)));
      case 2 -> Optional.of(now.minusSeconds(random.nextLong(60 * 3_600)));
      default -> Optional.of(now.minusSeconds(random.nextLong(Duration.ofDays(130).toSeconds())));
    };
  }

  private void requireRounded(
      CallSummary summary, Optional<Instant> since, Optional<Instant> until) {
    assertThat(summary.since().isPresent()).isEqualTo(since.isPresent());
    since.ifPresent(start -> {
      Duration widened = Duration.between(summary.since().orElseThrow(), start);
      assertThat(widened).isBetween(Duration.ZERO, widest(start));
    });
    until.ifPresent(end -> {
      Duration widened = Duration.between(end, summary.until().orElseThrow());
      assertThat(widened).isBetween(Duration.ZERO, widest(end));
    });
  }

  private Duration widest(Instant end) {
    Duration age = Duration.between(end, now);
    if (age.compareTo(Duration.ofHours(47)) < 0) {
      return Duration.ofMinutes(1);
    }
    return age.compareTo(Duration.ofDays(89)) < 0 ? Duration.ofHours(1) : Duration.ofDays(1);
  }

  @Nested
  class Filters {
    @Test
    void choose_by_provider_model_status_kind_and_principal() throws Exception {
      LedgerFolder folder = new LedgerFolder(path.resolve("home"));
      List<CallRecord> calls = write(folder, 600, 7);
      try (SqliteLedger ledger = folder.open()) {
        requireSame(
            ledger.calls().summary(filter("p1", "m2", CallStatus.FAILED, CallKind.PROVIDER)),
            calls.stream()
                .filter(call -> call.outcome().details().provider().equals("p1"))
                .filter(call -> call.outcome().details().model().equals("m2"))
                .filter(call -> call.outcome().status() == CallStatus.FAILED)
                .filter(call -> call.outcome().details().kind() == CallKind.PROVIDER)
                .toList(),
            "filtered");
        assertThat(ledger.calls().summary(CallFilter.ALL.ofPrincipal("nobody")).total().calls())
            .isZero();
      }
    }

    private CallFilter filter(String provider, String model, CallStatus status, CallKind kind) {
      return new CallFilter(
          Optional.of(provider),
          Optional.of(model),
          Optional.of(status),
          Optional.of(kind),
          Optional.of("local"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    @Test
    void that_totals_do_not_know_are_refused() throws Exception {
      LedgerFolder folder = new LedgerFolder(path.resolve("home"));
      CallFilter ofGroup =
          new CallFilter(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of("g"),
              Optional.empty(),
              Optional.empty());
      try (SqliteLedger ledger = folder.open()) {
        assertThatThrownBy(() -> ledger.calls().summary(ofGroup))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Nested
  class Of_an_empty_ledger {
    @Test
    void there_is_nothing() throws Exception {
      LedgerFolder folder = new LedgerFolder(path.resolve("home"));
      try (SqliteLedger ledger = folder.open()) {
        CallSummary summary = ledger.calls().summary(CallFilter.ALL);

        assertThat(summary.total().calls()).isZero();
        assertThat(summary.total().latency()).isEmpty();
        assertThat(summary.models()).isEmpty();
      }
    }
  }

  @Nested
  class Models {
    @Test
    void come_with_the_most_called_first_and_refusals_under_no_name() throws Exception {
      LedgerFolder folder = new LedgerFolder(path.resolve("home"));
      try (SqliteLedger ledger = folder.open()) {
        for (int i = 0; i < 3; i++) {
          ledger
              .record(
                  samples.record(
                      samples.context(Attachment.NONE), samples.refused(ErrorCode.MODEL_NOT_FOUND)))
              .await();
        }
        ledger.record(samples.answered()).await();

        List<ModelTotals> models = ledger.calls().summary(CallFilter.ALL).models();
        assertThat(models)
            .extracting(ModelTotals::model)
            .containsExactly("", "gpt-4o-mini-2024-07-18");
        assertThat(models).extracting(ModelTotals::named).containsExactly(false, true);
        assertThat(models.getFirst().totals().statuses())
            .containsExactlyEntriesOf(java.util.Map.of("refused", 3L));
        assertThat(models.getFirst().totals().errors())
            .containsExactlyEntriesOf(java.util.Map.of("model_not_found", 3L));
        assertThat(LongStream.of(models.getFirst().totals().calls()).sum()).isEqualTo(3);
      }
    }
  }

  @Nested
  class Old_minutes {
    @Test
    void are_given_up_in_small_steps_and_hours_and_days_stay_right() throws Exception {
      LedgerFolder folder = new LedgerFolder(path.resolve("home"));
      Instant old = now.minus(Duration.ofDays(4)).truncatedTo(ChronoUnit.MICROS);
      for (int round = 0; round < 4; round++) {
        try (SqliteLedger ledger = folder.open()) {
          CallRecord call = samples.answered();
          for (int minute = 0; minute < 2; minute++) {
            CallRecord earlier =
                new CallRecord(
                    samples.context(Attachment.NONE),
                    "text",
                    Optional.empty(),
                    Optional.empty(),
                    SampleCalls.REQUEST,
                    false,
                    call.outcome(),
                    Delivered.YES,
                    old.plusSeconds(60L * (minute + 2 * round)));
            ledger.record(earlier).await();
          }
        }
      }
      assertThat(
              Long.parseLong(
                  folder.query("SELECT count(*) FROM ledger_rollups WHERE size = 60").getFirst()))
          .isLessThan(8);
      assertThat(
              folder.query("SELECT sum(calls) FROM ledger_rollups WHERE size > 60 GROUP BY size"))
          .containsExactly("8", "8");
      try (SqliteLedger ledger = folder.open()) {
        assertThat(
                ledger
                    .calls()
                    .summary(filter(Optional.of(old.minusSeconds(3_600)), Optional.empty()))
                    .total()
                    .calls())
            .isEqualTo(8);
      }
    }
  }
}
