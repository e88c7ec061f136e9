package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.CallContext.Attachment;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallSummary;
import dev.assay.core.time.Clock;
import dev.assay.ledger.FullLedger;
import dev.assay.ledger.LedgerFolder;
import dev.assay.ledger.SampleCalls;
import dev.assay.ledger.SqliteLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made from the records is checked too: totals, views and what keeps rows as they are. */
class DerivedDataTest {
  @TempDir private static Path original;
  @TempDir private Path path;

  @BeforeAll
  static void write() throws Exception {
    FullLedger.write(new LedgerFolder(original));
  }

  private LedgerFolder changed(String... statements) throws Exception {
    Files.copy(original.resolve("assay.db"), path.resolve("assay.db"));
    LedgerFolder folder = new LedgerFolder(path);
    folder.execute(statements);
    return folder;
  }

  private Flaw onlyFlawAfter(String... statements) throws Exception {
    LedgerVerification verification = changed(statements).verify();
    assertThat(verification.flaws()).hasSize(1);
    assertThat(verification.intact()).isFalse();
    assertThat(verification.recordsIntact()).isTrue();
    assertThat(verification.records()).isEqualTo(FullLedger.RECORDS);
    Flaw flaw = verification.flaws().getFirst();
    assertThat(flaw.kind().ofRecords()).isFalse();
    assertThat(flaw.line()).doesNotContain("\n").endsWith(flaw.detail());
    return flaw;
  }

  @Nested
  class The_schema {
    @Test
    void of_an_untouched_ledger_was_compared_whole() throws Exception {
      LedgerFolder folder = changed();
      long objects =
          Long.parseLong(
              folder
                  .query(
                      "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
                          + " AND tbl_name <> 'flyway_schema_history'")
                  .getFirst());

      LedgerVerification verification = folder.verify();

      assertThat(verification.flaws()).isEmpty();
      assertThat(verification.objects()).isEqualTo(objects).isGreaterThan(60);
    }

    @Test
    void is_the_same_after_statistics_were_gathered() throws Exception {
      assertThat(changed("ANALYZE").verify().intact()).isTrue();
    }

    @Test
    void with_another_view_is_found() throws Exception {
      Flaw flaw =
          onlyFlawAfter(
              "DROP VIEW raw_calls", "CREATE VIEW raw_calls AS SELECT * FROM ledger_calls LIMIT 1");

      assertThat(flaw.kind()).isEqualTo(FlawKind.CHANGED_SCHEMA);
      assertThat(flaw.detail()).startsWith("The view raw_calls is not as this version makes it;");
    }

    @ParameterizedTest
    @CsvSource({
      "trigger, ledger_calls_no_update, The trigger ledger_calls_no_update of ledger_calls",
      "trigger, ledger_no_replace, The trigger ledger_no_replace of ledger",
      "index, ledger_calls_run, The index ledger_calls_run of ledger_calls",
      "view, call_attempts, The view call_attempts"
    })
    void without_one_of_its_objects_is_found(String type, String name, String told)
        throws Exception {
      Flaw flaw = onlyFlawAfter("DROP " + type + " " + name);

      assertThat(flaw.kind()).isEqualTo(FlawKind.CHANGED_SCHEMA);
      assertThat(flaw.detail()).startsWith(told + " is missing; make it again");
    }

    @Test
    void with_a_trigger_that_lets_through_is_found() throws Exception {
      Flaw flaw =
          onlyFlawAfter(
              "DROP TRIGGER ledger_calls_no_update",
              "CREATE TRIGGER ledger_calls_no_update BEFORE UPDATE ON ledger_calls BEGIN"
                  + " SELECT 1; END");

      assertThat(flaw.detail())
          .startsWith("The trigger ledger_calls_no_update of ledger_calls is not as");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "CREATE TRIGGER quiet AFTER INSERT ON groups BEGIN SELECT 1; END",
          "CREATE VIEW quiet AS SELECT 1",
          "CREATE TABLE quiet (a)",
          "CREATE INDEX quiet ON ledger_calls (cost)"
        })
    void with_an_object_too_much_is_found(String statement) throws Exception {
      Flaw flaw = onlyFlawAfter(statement);

      assertThat(flaw.detail()).contains(" quiet ", "does not belong to a ledger", "DROP ");
    }

    @Test
    void with_a_trigger_that_has_the_name_of_a_view_is_found() throws Exception {
      String view =
          new LedgerFolder(original)
              .query("SELECT sql FROM sqlite_schema WHERE name = 'raw_calls'")
              .getFirst();
      Flaw flaw =
          onlyFlawAfter(
              "CREATE TRIGGER raw_calls AFTER INSERT ON ledger_calls BEGIN SELECT 1; END",
              "DROP VIEW raw_calls",
              view);

      assertThat(flaw.detail()).startsWith("The trigger raw_calls of ledger_calls does not belong");
    }

    @Test
    void with_a_name_of_several_lines_is_told_in_one() throws Exception {
      assertThat(onlyFlawAfter("CREATE VIEW \"a\nb\" AS SELECT 1").line()).contains("a?b");
    }

    @Test
    void without_a_table_is_found_though_it_cannot_be_read() throws Exception {
      LedgerVerification verification = changed("DROP TABLE ledger_scores").verify();

      assertThat(verification.flaws())
          .extracting(Flaw::detail)
          .anyMatch(detail -> detail.startsWith("The table ledger_scores is missing;"));
      assertThat(verification.recordsIntact()).isFalse();
    }

    @Test
    void is_told_after_the_records_when_both_are_flawed() throws Exception {
      LedgerFolder folder = changed("DROP TRIGGER ledger_calls_no_update");
      folder.execute("UPDATE ledger_calls SET cost = 1");

      LedgerVerification verification = folder.verify();

      assertThat(verification.flaws())
          .extracting(Flaw::kind)
          .containsExactly(FlawKind.CHANGED_RECORD, FlawKind.CHANGED_SCHEMA);
      assertThat(verification.recordsIntact()).isFalse();
      assertThat(verification.records()).isLessThan(FullLedger.RECORDS);
    }
  }

  @Nested
  class The_totals {
    @Test
    void of_an_untouched_ledger_were_compared_row_by_row() throws Exception {
      LedgerFolder folder = changed();

      assertThat(folder.verify().totals())
          .isEqualTo(Long.parseLong(folder.query("SELECT count(*) FROM ledger_rollups").getFirst()))
          .isPositive();
    }

    @Test
    void that_were_deleted_are_found() throws Exception {
      Flaw flaw = onlyFlawAfter("DELETE FROM ledger_rollups");

      assertThat(flaw.kind()).isEqualTo(FlawKind.WRONG_TOTALS);
      assertThat(flaw.detail())
          .startsWith("ledger_rollups, the day from ")
          .contains("there is no row for its", "The recorded calls are not touched by it");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "calls",
          "input_tokens",
          "cache_read_tokens",
          "cache_write_5m_tokens",
          "cache_write_1h_tokens",
          "output_tokens",
          "reasoning_tokens",
          "input_audio_tokens",
          "output_audio_tokens",
          "cost",
          "unknown_costs",
          "latency_us"
        })
    void with_another_sum_are_found_whatever_their_length(String column) throws Exception {
      LedgerFolder folder = changed();
      for (int size : List.of(60, 3_600, 86_400)) {
        folder.execute(
            "UPDATE ledger_rollups SET "
                + column
                + " = "
                + column
                + " + 1 WHERE status = 'success' AND size = "
                + size);

        assertThat(folder.verify().flaw().orElseThrow().detail())
            .as(column + " of " + size)
            .contains(column + " is ", "but its calls add up to ");
        folder.execute(
            "UPDATE ledger_rollups SET "
                + column
                + " = "
                + column
                + " - 1 WHERE status = 'success' AND size = "
                + size);
        assertThat(folder.verify().intact()).isTrue();
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "UPDATE ledger_rollups SET latencies = NULL",
          "UPDATE ledger_rollups SET latencies = x'0102'",
          "UPDATE ledger_rollups SET latencies = (SELECT latencies FROM ledger_rollups WHERE"
              + " simulated = 1) WHERE simulated = 0"
        })
    void with_another_distribution_are_found(String statement) throws Exception {
      assertThat(onlyFlawAfter(statement).detail()).contains("distribution of latencies");
    }

    @Test
    void of_calls_that_never_were_are_found() throws Exception {
      Flaw flaw =
          onlyFlawAfter(
              "UPDATE ledger_rollups SET model = 'other' WHERE status = 'success' AND size = 60");

      assertThat(flaw.detail()).contains("/other", "there are no such calls");
    }

    @Test
    void of_a_length_that_there_is_not_are_found() throws Exception {
      assertThat(onlyFlawAfter("UPDATE ledger_rollups SET size = 61 WHERE size = 60").detail())
          .contains("61 seconds");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "DELETE FROM ledger_progress WHERE name = 'rollups'",
          "UPDATE ledger_progress SET place = place - 1 WHERE name = 'rollups'",
          "UPDATE ledger_progress SET place = place + 1 WHERE name = 'rollups'"
        })
    void that_reach_to_another_record_are_found(String statement) throws Exception {
      assertThat(onlyFlawAfter(statement).kind()).isEqualTo(FlawKind.WRONG_TOTALS);
    }

    @Test
    void are_added_up_again_when_all_of_them_are_deleted() throws Exception {
      LedgerFolder folder = changed();
      CallSummary before = summary(folder);
      folder.execute(
          "DELETE FROM ledger_rollups", "DELETE FROM ledger_progress WHERE name = 'rollups'");
      folder.open().close();

      assertThat(summary(folder)).isEqualTo(before);
      assertThat(folder.verify().flaws()).isEmpty();
    }

    private static CallSummary summary(LedgerFolder folder) throws Exception {
      try (var ledger = folder.openReadOnly()) {
        return ledger.calls().summary(CallFilter.ALL);
      }
    }
  }

  @Nested
  class Beside_a_writer {
    @Test
    void nothing_is_found_that_is_not_there() throws Exception {
      SampleCalls samples = new SampleCalls(Clock.system(), 9);
      LedgerFolder folder = new LedgerFolder(path.resolve("home"));
      try (SqliteLedger ledger =
          SqliteLedger.open(folder.settings(), Clock.system(), Secrets.NONE)) {
        for (int round = 0; round < 30; round++) {
          for (int call = 0; call < 40; call++) {
            ledger.record(samples.answered());
          }
          assertThat(folder.verify().flaws()).isEmpty();
        }
      }
      assertThat(folder.verify().flaws()).isEmpty();
    }
  }

  @Nested
  class More_than_is_read_at_once {
    private static final int CALLS = 20_500;
    private static final int MINUTES = 1_700;

    @Test
    void is_checked_to_the_end_and_added_up_again_in_steps() throws Exception {
      SampleCalls samples = new SampleCalls(Clock.system(), 12);
      Instant now = Clock.system().now();
      LedgerFolder folder = new LedgerFolder(path.resolve("home"));
      Outcome outcome = samples.answered().outcome();
      try (SqliteLedger ledger = folder.open()) {
        for (int call = 0; call < CALLS; call++) {
          CallRecord record = samples.record(samples.context(Attachment.NONE), outcome);
          ledger.record(
              new CallRecord(
                  record.context(),
                  record.modality(),
                  record.userId(),
                  record.leaderId(),
                  record.request(),
                  record.started(),
                  record.outcome(),
                  record.delivered(),
                  now.minus(Duration.ofMinutes(call % MINUTES))));
        }
      }
      LedgerVerification before = folder.verify();
      assertThat(before.flaws()).isEmpty();
      assertThat(before.totals()).isGreaterThan(MINUTES);

      folder.execute(
          "UPDATE ledger_rollups SET calls = calls + 1 WHERE size = 86400"
              + " AND start = (SELECT max(start) FROM ledger_rollups WHERE size = 86400)");
      assertThat(folder.verify().flaws()).hasSize(1);

      folder.execute(
          "DELETE FROM ledger_rollups", "DELETE FROM ledger_progress WHERE name = 'rollups'");
      folder.open().close();
      LedgerVerification after = folder.verify();
      assertThat(after.flaws()).isEmpty();
      assertThat(after.totals()).isEqualTo(before.totals());
    }
  }

  @Nested
  class Minutes_and_hours_past_their_time {
    private final SampleCalls samples = new SampleCalls(Clock.system(), 4);
    private final Instant now = Clock.system().now();

    private CallRecord at(Instant created) {
      Outcome outcome =
          created.getEpochSecond() % 2 == 0
              ? samples.answered().outcome()
              : samples.failure(ErrorCode.RATE_LIMITED, Optional.empty());
      CallRecord call = samples.record(samples.context(Attachment.NONE), outcome);
      return new CallRecord(
          call.context(),
          call.modality(),
          call.userId(),
          call.leaderId(),
          call.request(),
          call.started(),
          call.outcome(),
          call.delivered(),
          created);
    }

    private LedgerFolder written() throws Exception {
      LedgerFolder folder = new LedgerFolder(path.resolve("home"));
      for (int life = 0; life < 3; life++) {
        try (SqliteLedger ledger = folder.open()) {
          for (int call = 0; call < 40; call++) {
            ledger.record(at(now.minus(Duration.ofHours(4L * call * call)))).await();
          }
        }
      }
      return folder;
    }

    @Test
    void are_not_missed_when_they_are_gone_or_half_gone() throws Exception {
      LedgerFolder folder = written();
      assertThat(folder.verify().flaws()).isEmpty();

      folder.execute(
          "DELETE FROM ledger_rollups WHERE size = 60 AND start < unixepoch() - 49 * 3600",
          "DELETE FROM ledger_rollups WHERE size = 3600 AND start < unixepoch() - 91 * 86400");

      assertThat(folder.verify().flaws()).isEmpty();
    }

    @Test
    void are_in_the_days_which_are_missed_for_ever() throws Exception {
      LedgerFolder folder = written();
      folder.execute(
          "UPDATE ledger_rollups SET cost = cost + 1 WHERE size = 86400"
              + " AND start = (SELECT min(start) FROM ledger_rollups)");

      assertThat(folder.verify().flaw().orElseThrow().detail())
          .contains("the day from", "cost is ");
    }
  }
}
