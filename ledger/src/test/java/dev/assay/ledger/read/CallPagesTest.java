package dev.assay.ledger.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.CallContext.Attachment;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Principal;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallPage;
import dev.assay.core.store.CallQuery;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallRow;
import dev.assay.core.store.Calls;
import dev.assay.core.store.Receipt;
import dev.assay.core.time.Clock;
import dev.assay.ledger.LedgerFolder;
import dev.assay.ledger.LedgerSettings;
import dev.assay.ledger.SampleCalls;
import dev.assay.ledger.SqliteLedger;
import dev.assay.ledger.file.Connections;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages hold the calls that match, newest first, each once. */
class CallPagesTest {
  private static final int CALLS = 2_500;
  private static final List<CallRecord> RECORDED = new ArrayList<>();

  @TempDir private static Path path;
  private static SqliteLedger ledger;
  private static UUID parent;

  @BeforeAll
  static void write() throws Exception {
    SampleCalls samples = new SampleCalls(Clock.system(), 41);
    Random random = new Random(41);
    parent = samples.id();
    ledger = new LedgerFolder(path.resolve("home")).open();
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      CallRecord call = random(samples, random);
      RECORDED.add(call);
      receipts.add(ledger.record(call));
    }
    receipts.forEach(receipt -> assertThat(receipt.await().safe()).isTrue());
  }

  @AfterAll
  static void close() {
    ledger.close();
  }

  private static CallRecord random(SampleCalls samples, Random random) {
    Attachment attachment =
        new Attachment(
            random.nextInt(20) == 0 ? Optional.of(parent) : Optional.empty(),
            random.nextInt(20) == 0 ? Optional.of("run" + random.nextInt(2)) : Optional.empty(),
            Optional.empty(),
            random.nextInt(20) == 0 ? Optional.of("group" + random.nextInt(2)) : Optional.empty());
    CallContext context =
        new CallContext(
            samples.id(),
            attachment,
            new Principal("p" + random.nextInt(3)),
            samples.now().plusSeconds(60),
            new Cancellation(),
            new AttemptBudget(1, 1),
            Map.of());
    Outcome outcome =
        switch (random.nextInt(12)) {
          case 0 -> samples.refused(ErrorCode.INVALID_REQUEST);
          case 1 -> samples.failure(ErrorCode.RATE_LIMITED, Optional.empty());
          default -> samples.answer(Optional.empty());
        };
    Details plain = outcome.details();
    String model = random.nextInt(400) == 0 ? "rare/model" : "m" + random.nextInt(2);
    Details details =
        new Details(
            plain.kind(),
            plain.provider().isEmpty() ? "" : "pr" + random.nextInt(2),
            model,
            plain.usage(),
            plain.cost(),
            List.of(),
            plain.timings(),
            Optional.empty(),
            List.of(),
            false);
    return samples.record(context, outcome.withDetails(details));
  }

  private static List<UUID> all(Calls calls, CallFilter filter, int limit) {
    List<UUID> found = new ArrayList<>();
    Optional<UUID> before = Optional.empty();
    do {
      CallPage page = calls.list(new CallQuery(filter, limit, before));
      assertThat(page.calls()).hasSizeLessThanOrEqualTo(limit);
      page.calls().stream().map(CallRow::id).forEach(found::add);
      before = page.next();
    } while (before.isPresent());
    return found;
  }

  private static List<UUID> expected(Predicate<CallRecord> matches) {
    List<UUID> ids =
        new ArrayList<>(
            RECORDED.stream().filter(matches).map(call -> call.context().callId()).toList());
    Collections.reverse(ids);
    return ids;
  }

  private record Choice(CallFilter filter, Predicate<CallRecord> matches) {}

  private static Choice choice(Random random) {
    Optional<String> provider = maybe(random, "pr" + random.nextInt(2));
    Optional<String> model =
        maybe(random, List.of("m0", "m1", "pr0/m1", "rare/model", "none").get(random.nextInt(5)));
    Optional<CallStatus> status =
        maybe(
            random,
            List.of(CallStatus.SUCCESS, CallStatus.FAILED, CallStatus.REFUSED)
                .get(random.nextInt(3)));
    Optional<CallKind> kind =
        maybe(random, random.nextBoolean() ? CallKind.PROVIDER : CallKind.REFUSED);
    Optional<String> principal = maybe(random, "p" + random.nextInt(4));
    Optional<UUID> ofParent = random.nextInt(8) == 0 ? Optional.of(parent) : Optional.empty();
    Optional<String> run = random.nextInt(8) == 0 ? Optional.of("run1") : Optional.empty();
    Optional<String> group = random.nextInt(8) == 0 ? Optional.of("group0") : Optional.empty();
    Optional<Instant> since = maybe(random, RECORDED.get(random.nextInt(CALLS)).createdAt());
    Optional<Instant> until = maybe(random, RECORDED.get(random.nextInt(CALLS)).createdAt());
    Predicate<CallRecord> matches =
        call -> {
          Details details = call.outcome().details();
          Attachment attachment = call.context().attachment();
          return provider.map(details.provider()::equals).orElse(true)
              && model.map(name -> named(details, name)).orElse(true)
              && status.map(call.outcome().status()::equals).orElse(true)
              && kind.map(details.kind()::equals).orElse(true)
              && principal.map(call.context().principal().name()::equals).orElse(true)
              && (ofParent.isEmpty() || attachment.parentId().equals(ofParent))
              && (run.isEmpty() || attachment.runId().equals(run))
              && (group.isEmpty() || attachment.group().equals(group))
              && since.map(time -> !call.createdAt().isBefore(time)).orElse(true)
              && until.map(call.createdAt()::isBefore).orElse(true);
        };
    return new Choice(
        new CallFilter(
            provider, model, status, kind, principal, ofParent, run, group, since, until),
        matches);
  }

  private static boolean named(Details details, String name) {
    return details.model().equals(name) || name.equals(details.provider() + "/" + details.model());
  }

  private static <T> Optional<T> maybe(Random random, T value) {
    return random.nextInt(3) == 0 ? Optional.of(value) : Optional.empty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void hold_what_the_filter_chooses_and_follow_each_other_without_gap(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      Choice choice = choice(random);
      int limit = List.of(1, 7, 100, 1_000).get(random.nextInt(4));
      List<UUID> expected = expected(choice.matches());
      if (expected.size() / limit > 300) {
        continue;
      }
      assertThat(all(ledger.calls(), choice.filter(), limit))
          .as("seed " + seed + " round " + round + ": " + choice.filter())
          .isEqualTo(expected);
    }
  }

  @Test
  void without_a_filter_hold_everything() {
    assertThat(all(ledger.calls(), CallFilter.ALL, 999)).isEqualTo(expected(call -> true));
  }

  @Nested
  class When_time_is_short {
    @Test
    void a_page_ends_early_and_says_where_to_go_on() {
      LedgerSettings settings = LedgerSettings.of(path.resolve("home"));
      Connections connections = new Connections(settings.home().resolve("assay.db"));
      try (ReaderPool pool =
          new ReaderPool(connections, Clock.system(), 1, Duration.ofSeconds(5))) {
        Calls impatient = new SqliteCalls(pool, Clock.system(), Duration.ofNanos(1));
        CallFilter rare =
            new CallFilter(
                Optional.empty(),
                Optional.of("rare/model"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        List<UUID> expected =
            expected(call -> call.outcome().details().model().equals("rare/model"));

        CallPage first = impatient.list(new CallQuery(rare, 1_000, Optional.empty()));
        assertThat(first.calls()).hasSizeLessThan(expected.size());
        assertThat(first.next()).isPresent();
        assertThat(all(impatient, rare, 1_000)).isEqualTo(expected);
      }
    }

    @Test
    void a_query_that_takes_too_long_is_stopped() {
      Connections connections = new Connections(path.resolve("home").resolve("assay.db"));
      try (ReaderPool pool =
          new ReaderPool(connections, Clock.system(), 1, Duration.ofMillis(50))) {
        assertThatThrownBy(() -> pool.read(CallPagesTest::endless))
            .isInstanceOf(UnreadableLedgerException.class)
            .hasMessageContaining("took too long");
        // The next one is not affected by it.
        assertThat(pool.<Boolean>read(connection -> connection.isValid(1))).isTrue();
      }
    }
  }

  private static long endless(java.sql.Connection connection) throws java.sql.SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
                    + " SELECT count(*) FROM n")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Test
  void are_read_while_records_are_written() throws Exception {
    LedgerFolder folder = new LedgerFolder(path.resolve("other"));
    SampleCalls samples = new SampleCalls(Clock.system(), 43);
    try (SqliteLedger own = SqliteLedger.open(folder.settings(), Clock.system(), Secrets.NONE)) {
      for (int i = 1; i <= 20; i++) {
        own.record(samples.answered()).await();
        assertThat(all(own.calls(), CallFilter.ALL, 1_000)).hasSize(i);
      }
    }
  }
}
