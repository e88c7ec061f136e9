package dev.assay.ledger.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.FullLedger;
import dev.assay.ledger.LedgerFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody with an SQLite shell can do to the rows: nothing. */
class ImmutabilityTest {
  private static final String REFUSED = "is immutable";

  @TempDir private static Path path;
  private static LedgerFolder folder;

  @BeforeAll
  static void write() throws Exception {
    folder = new LedgerFolder(path.resolve("home"));
    FullLedger.write(folder);
    // Tables that have no writer yet must refuse as well.
    folder.execute(
        "INSERT INTO ledger_scores VALUES (7, 's', 'c', 'n', 1.0, 'rule', NULL, 0, x'00')",
        "INSERT INTO ledger_artifacts VALUES (8, 'a', 'c', 't', 'u', 'text/plain', 1, 'd', NULL, 0,"
            + " x'00')");
  }

  @AfterEach
  void nothing_has_changed() throws Exception {
    assertThat(folder.query("SELECT count(*) FROM raw_calls")).containsExactly("5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ledger",
        "ledger_writers",
        "ledger_commits",
        "ledger_starts",
        "ledger_calls",
        "ledger_attempts",
        "ledger_bodies",
        "ledger_deliveries",
        "ledger_events",
        "ledger_scores",
        "ledger_artifacts"
      })
  void every_table_of_the_chain_refuses_to_change(String table) throws Exception {
    String column = folder.query("SELECT name FROM pragma_table_info('" + table + "')").getLast();
    String columns =
        String.join(", ", folder.query("SELECT name FROM pragma_table_info('" + table + "')"));
    assertThat(folder.query("SELECT count(*) FROM " + table)).isNotEqualTo(List.of("0"));

    List<String> attempts =
        List.of(
            "UPDATE " + table + " SET " + column + " = " + column,
            "UPDATE OR REPLACE " + table + " SET " + column + " = NULL",
            "DELETE FROM " + table,
            "REPLACE INTO " + table + " SELECT * FROM " + table,
            "INSERT OR REPLACE INTO " + table + " SELECT * FROM " + table,
            "INSERT INTO "
                + table
                + " ("
                + columns
                + ") SELECT * FROM "
                + table
                + " WHERE true ON CONFLICT DO UPDATE SET "
                + column
                + " = NULL");
    for (String attempt : attempts) {
      assertThat(FullLedger.refusal(folder, attempt)).as(attempt).isPresent();
      assertThat(FullLedger.refusal(folder, attempt).orElseThrow()).as(attempt).contains(REFUSED);
      assertThat(FullLedger.refusal(folder, "PRAGMA recursive_triggers = ON", attempt))
          .as(attempt)
          .isPresent();
      assertThat(FullLedger.refusal(folder, "PRAGMA recursive_triggers = OFF", attempt))
          .as(attempt)
          .isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger_calls", "ledger_starts", "ledger_deliveries", "ledger_events"})
  void a_row_with_a_known_identifier_in_a_new_place_is_refused(String table) throws Exception {
    String columns =
        String.join(
            ", ",
            folder.query(
                "SELECT name FROM pragma_table_info('" + table + "') WHERE name <> 'place'"));
    String attempt =
        "INSERT OR REPLACE INTO "
            + table
            + " (place, "
            + columns
            + ") SELECT 1000 + place, "
            + columns
            + " FROM "
            + table
            + " LIMIT 1";

    assertThat(FullLedger.refusal(folder, attempt).orElseThrow()).contains(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "raw_calls",
        "call_starts",
        "call_attempts",
        "call_deliveries",
        "call_artifacts",
        "scores"
      })
  void every_view_refuses_to_change(String view) throws Exception {
    String column = folder.query("SELECT name FROM pragma_table_info('" + view + "')").getFirst();
    for (String attempt :
        List.of(
            "UPDATE " + view + " SET " + column + " = NULL",
            "DELETE FROM " + view,
            "INSERT INTO " + view + " (" + column + ") VALUES ('x')",
            "REPLACE INTO " + view + " (" + column + ") VALUES ('x')")) {
      assertThat(FullLedger.refusal(folder, attempt).orElseThrow())
          .as(attempt)
          .contains("because it is a view");
    }
  }
}
