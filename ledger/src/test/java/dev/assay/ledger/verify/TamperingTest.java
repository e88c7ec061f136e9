package dev.assay.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.FullLedger;
import dev.assay.ledger.LedgerFolder;
import dev.assay.ledger.record.RecordType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteException;

/** Whatever is changed by somebody who takes the triggers away is found. */
class TamperingTest {
  private static final List<String> TABLES =
      List.of(
          "ledger",
          "ledger_writers",
          "ledger_commits",
          "ledger_starts",
          "ledger_calls",
          "ledger_attempts",
          "ledger_bodies",
          "ledger_deliveries",
          "ledger_events");

  @TempDir private static Path original;
  @TempDir private Path copies;
  private int copied;

  @BeforeAll
  static void write() throws Exception {
    LedgerFolder folder = new LedgerFolder(original);
    FullLedger.write(folder);
  }

  private LedgerFolder copy() throws Exception {
    Path copy = Files.createDirectory(copies.resolve("copy" + copied++));
    Files.copy(original.resolve("assay.db"), copy.resolve("assay.db"));
    return new LedgerFolder(copy);
  }

  private LedgerVerification after(String... statements) throws Exception {
    LedgerFolder folder = copy();
    folder.tamper(statements);
    return folder.verify();
  }

  private Flaw flawAfter(String... statements) throws Exception {
    return after(statements).flaw().orElseThrow();
  }

  @Test
  void an_untouched_ledger_is_intact_from_its_first_to_its_last_commit() throws Exception {
    LedgerFolder folder = copy();
    List<long[]> told = new ArrayList<>();
    LedgerVerification verification;
    try (var ledger = folder.openReadOnly()) {
      verification =
          ledger.verify(List.of(), (records, total) -> told.add(new long[] {records, total}));
    }

    assertThat(verification.intact()).isTrue();
    assertThat(verification.records()).isEqualTo(FullLedger.RECORDS);
    assertThat(verification.commits())
        .isEqualTo(Long.parseLong(folder.query("SELECT count(*) FROM ledger_commits").getFirst()));
    assertThat(verification.intactFrom())
        .contains(time(folder, "SELECT min(committed_at) FROM ledger_commits"));
    assertThat(verification.intactUntil())
        .contains(time(folder, "SELECT max(committed_at) FROM ledger_commits"));
    assertThat(told.getLast()).containsExactly(FullLedger.RECORDS, FullLedger.RECORDS);
  }

  private static Instant time(LedgerFolder folder, String sql) throws Exception {
    long micros = Long.parseLong(folder.query(sql).getFirst());
    return Instant.EPOCH.plusNanos(micros * 1_000);
  }

  @TestFactory
  List<DynamicTest> every_column_of_the_first_and_the_last_row_is_guarded() throws Exception {
    LedgerFolder folder = new LedgerFolder(original);
    List<DynamicTest> tests = new ArrayList<>();
    for (String table : TABLES) {
      for (String column : folder.query("SELECT name FROM pragma_table_info('" + table + "')")) {
        for (String change : changes(column)) {
          String update = "UPDATE " + table + " SET " + column + " = " + change;
          tests.add(DynamicTest.dynamicTest(update, () -> requireFound(table, column, change)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(150);
    return tests;
  }

  private static List<String> changes(String column) {
    return List.of(
        // Another value of the same type, and nothing instead of something or the other way.
        "CASE typeof("
            + column
            + ") WHEN 'integer' THEN "
            + column
            + " + 1 WHEN 'text' THEN "
            + column
            + " || 'x' WHEN 'blob' THEN CAST('x' || "
            + column
            + " AS BLOB) ELSE 'x' END",
        "CASE WHEN " + column + " IS NULL THEN 1 END");
  }

  private void requireFound(String table, String column, String change) throws Exception {
    long rows =
        Long.parseLong(
            new LedgerFolder(original).query("SELECT count(*) FROM " + table).getFirst());
    for (int row : rows == 1 ? new int[] {0} : new int[] {0, (int) rows - 1}) {
      LedgerFolder folder = copy();
      String only = only(folder, table, row);
      try {
        folder.tamper("UPDATE " + table + " SET " + column + " = " + change + only);
      } catch (SQLiteException refused) {
        // The type of the column, or a key, does not allow this value.
        continue;
      }
      requireFound(folder, table + "." + column + only);
    }
  }

  private static void requireFound(LedgerFolder folder, String what) throws Exception {
    LedgerVerification verification = folder.verify();
    assertThat(verification.recordsIntact()).as(what).isFalse();
    assertThat(verification.flaw().orElseThrow().kind().ofRecords()).as(what).isTrue();
  }

  private static String only(LedgerFolder folder, String table, int row) throws Exception {
    String key =
        switch (table) {
          case "ledger" -> "id";
          case "ledger_writers" -> "number";
          default -> "place";
        };
    String value =
        folder
            .query("SELECT quote(" + key + ") FROM " + table + " ORDER BY 1 LIMIT 1 OFFSET " + row)
            .getFirst();
    return " WHERE " + key + " = " + value;
  }

  @TestFactory
  List<DynamicTest> every_row_is_missed() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (String table : TABLES) {
      long rows =
          Long.parseLong(
              new LedgerFolder(original).query("SELECT count(*) FROM " + table).getFirst());
      for (int row = 0; row < rows; row++) {
        int which = row;
        tests.add(
            DynamicTest.dynamicTest(
                table + " row " + row,
                () -> {
                  LedgerFolder folder = copy();
                  folder.tamper("DELETE FROM " + table + only(folder, table, which));
                  requireFound(folder, table + " row " + which);
                }));
      }
    }
    return tests;
  }

  @Nested
  class The_flaw {
    @Test
    void of_a_changed_column_names_the_record_and_says_until_when_all_is_well() throws Exception {
      String second = "(SELECT min(place) FROM ledger_calls WHERE run_id IS NULL)";
      LedgerVerification verification =
          after("UPDATE ledger_calls SET cost = 0 WHERE place = " + second);

      LedgerFolder folder = new LedgerFolder(original);
      Flaw flaw = verification.flaw().orElseThrow();
      assertThat(flaw.kind()).isEqualTo(FlawKind.CHANGED_RECORD);
      assertThat(flaw.detail()).contains("ledger_calls");
      assertThat(flaw.id())
          .contains(folder.query("SELECT id FROM ledger_calls WHERE place = " + second).getFirst());
      assertThat(flaw.writer())
          .isEqualTo(folder.query("SELECT name FROM ledger_writers").getFirst());
      // The group, the first call and the start come before it, each in a commit of its own.
      assertThat(flaw.seq()).isEqualTo(4);
      assertThat(verification.records()).isEqualTo(3);
      assertThat(verification.intactUntil())
          .contains(time(folder, "SELECT committed_at FROM ledger_commits WHERE last_seq = 3"));
    }

    @Test
    void of_a_changed_body_names_the_body() throws Exception {
      Flaw flaw =
          flawAfter(
              "UPDATE ledger_bodies SET response = CAST('{}' AS BLOB) WHERE response IS NOT NULL");

      assertThat(flaw.kind()).isEqualTo(FlawKind.CHANGED_BODY);
      assertThat(flaw.detail()).isEqualTo("The response was changed");
      assertThat(flaw.id()).isPresent();
    }

    @Test
    void of_a_missing_body_says_so() throws Exception {
      assertThat(flawAfter("UPDATE ledger_bodies SET request = NULL, request_nonce = NULL").kind())
          .isEqualTo(FlawKind.MISSING_BODY);
    }

    @Test
    void of_a_missing_record_is_its_place() throws Exception {
      Flaw flaw =
          flawAfter(
              "DELETE FROM ledger_starts",
              "DELETE FROM ledger_bodies WHERE place NOT IN (SELECT place FROM ledger_calls)");

      assertThat(flaw.kind()).isEqualTo(FlawKind.MISSING_RECORD);
      assertThat(flaw.seq()).isEqualTo(3);
    }

    @Test
    void of_a_missing_commit_is_its_number() throws Exception {
      Flaw flaw = flawAfter("DELETE FROM ledger_commits WHERE first_seq = 3");

      assertThat(flaw.kind()).isEqualTo(FlawKind.MISSING_COMMIT);
      assertThat(flaw.detail()).isEqualTo("Commit 2 is not there");
    }

    @Test
    void of_a_record_that_was_hashed_anew_is_the_commits() throws Exception {
      // Whoever knows the format can make a record fit its own digest, but not the commit's.
      Flaw flaw =
          flawAfter(
              "UPDATE ledger_deliveries SET digest = zeroblob(32)",
              "DELETE FROM ledger_commits WHERE first_seq > 3");

      assertThat(flaw.kind()).isEqualTo(FlawKind.FOREIGN_ROW);
    }

    @Test
    void of_swapped_rows_is_the_first_of_them() throws Exception {
      LedgerFolder folder = new LedgerFolder(original);
      List<String> places = folder.query("SELECT place FROM ledger_calls ORDER BY place");
      String one = places.get(1);
      String other = places.get(2);

      Flaw flaw =
          flawAfter(
              "UPDATE ledger_calls SET place = 5 WHERE place = " + one,
              "UPDATE ledger_calls SET place = " + one + " WHERE place = " + other,
              "UPDATE ledger_calls SET place = " + other + " WHERE place = 5");

      assertThat(flaw.kind()).isEqualTo(FlawKind.CHANGED_RECORD);
      assertThat(flaw.seq()).isEqualTo(4);
    }

    @Test
    void of_an_inserted_row_is_found_wherever_it_is() throws Exception {
      String copied =
          String.join(
              ", ",
              new LedgerFolder(original)
                  .query(
                      "SELECT name FROM pragma_table_info('ledger_calls') WHERE name NOT IN"
                          + " ('place', 'id')"));
      String insert = "INSERT INTO ledger_calls (place, id, " + copied + ") SELECT ";
      String from = ", 'new', " + copied + " FROM ledger_calls LIMIT 1";

      assertThat(flawAfter(insert + "max(place) + 50" + from).kind())
          .isEqualTo(FlawKind.FOREIGN_ROW);
      assertThat(flawAfter(insert + "(2 << 48) + 1" + from).kind()).isEqualTo(FlawKind.FOREIGN_ROW);
      assertThat(flawAfter(insert + "7" + from).kind()).isEqualTo(FlawKind.FOREIGN_ROW);
      assertThat(flawAfter(insert + "1 << 48" + from).kind()).isEqualTo(FlawKind.FOREIGN_ROW);
      assertThat(flawAfter(insert + "(SELECT place FROM ledger_starts)" + from).kind())
          .isEqualTo(FlawKind.FOREIGN_ROW);
    }

    @Test
    void of_an_added_attempt_or_body_is_found() throws Exception {
      String attempts =
          "INSERT INTO ledger_attempts SELECT place + %d, number + %d, role, provider, model,"
              + " endpoint, http_status, error_code, retry_reason, delay_us, latency_us,"
              + " input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens,"
              + " output_tokens, reasoning_tokens, usage_provenance, cost, cost_estimated,"
              + " price_version, provider_request_id, sent_digest, received_digest, started_at,"
              + " input_audio_tokens, output_audio_tokens FROM ledger_attempts LIMIT 1";
      assertThat(flawAfter(attempts.formatted(0, 9)).kind()).isEqualTo(FlawKind.CHANGED_RECORD);
      assertThat(flawAfter(attempts.formatted(100, 0)).kind()).isEqualTo(FlawKind.FOREIGN_ROW);
      assertThat(
              flawAfter(
                      "INSERT INTO ledger_bodies (place, request) SELECT place, x'7b7d' FROM"
                          + " ledger_deliveries")
                  .kind())
          .isEqualTo(FlawKind.FOREIGN_ROW);
    }

    @Test
    void of_another_secret_or_writer_is_the_origin() throws Exception {
      assertThat(flawAfter("UPDATE ledger SET secret = zeroblob(32)").kind())
          .isEqualTo(FlawKind.CHANGED_ORIGIN);
      assertThat(flawAfter("DELETE FROM ledger").kind()).isEqualTo(FlawKind.CHANGED_ORIGIN);
      assertThat(flawAfter("DELETE FROM ledger_writers").kind()).isEqualTo(FlawKind.FOREIGN_ROW);
    }
  }

  @Nested
  class A_tail_that_was_cut {
    private final String[] cut = {
      "DELETE FROM ledger_commits WHERE first_seq > 4",
      "DELETE FROM ledger_calls WHERE place & 65535 > 4",
      "DELETE FROM ledger_attempts WHERE place & 65535 > 4",
      "DELETE FROM ledger_bodies WHERE place & 65535 > 4",
      "DELETE FROM ledger_deliveries WHERE place & 65535 > 4",
      // The totals give it away; so whoever cuts has them added up again.
      "DELETE FROM ledger_rollups",
      "DELETE FROM ledger_progress"
    };

    private LedgerFolder cut() throws Exception {
      LedgerFolder folder = copy();
      folder.tamper(cut);
      folder.open().close();
      return folder;
    }

    @Test
    void is_found_only_against_an_end_that_was_kept_elsewhere() throws Exception {
      ChainHead known = new LedgerFolder(original).verify().heads().getFirst();
      LedgerFolder folder = cut();

      assertThat(folder.verify().intact()).isTrue();
      assertThat(folder.verify(known).flaw().orElseThrow().kind()).isEqualTo(FlawKind.MISSING_TAIL);
    }

    @Test
    void is_not_missed_when_the_known_end_is_still_there() throws Exception {
      LedgerFolder shorter = cut();
      ChainHead known = shorter.verify().heads().getFirst();

      assertThat(new LedgerFolder(original).verify(known).intact()).isTrue();
    }

    @Test
    void and_written_anew_is_found_against_an_end_that_was_kept_elsewhere() throws Exception {
      ChainHead known = new LedgerFolder(original).verify().heads().getFirst();
      ChainHead other =
          new ChainHead(known.writer(), known.commits(), known.records(), "0".repeat(64));
      ChainHead writer = new ChainHead("nobody", 1, 1, known.digest());

      assertThat(copy().verify(other).flaw().orElseThrow().kind())
          .isEqualTo(FlawKind.CHANGED_COMMIT);
      assertThat(copy().verify(writer).flaw().orElseThrow().kind())
          .isEqualTo(FlawKind.CHANGED_ORIGIN);
    }
  }

  @BeforeEach
  void the_types_that_are_tested_are_those_that_are_written() {
    assertThat(RecordType.values()).hasSize(6);
  }
}
