package dev.assay.ledger.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.model.CallContext.Attachment;
import dev.assay.core.store.CallRow;
import dev.assay.core.store.CallStart;
import dev.assay.core.time.Clock;
import dev.assay.ledger.LedgerFolder;
import dev.assay.ledger.SampleCalls;
import dev.assay.ledger.SqliteLedger;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A ledger that an older version of the schema wrote, with a row of every kind, a refused call and
 * a stream that was open when the program stopped, is brought up to date and stays intact.
 */
class OldSchemaTest {
  private static final int RECORDS = 10;
  private static final String TOTAL_AUDIO =
      "SELECT sum(input_audio_tokens) || '/' || sum(output_audio_tokens) FROM ";

  @TempDir private Path path;
  private LedgerFolder folder;

  private void unpack(int version) throws Exception {
    folder = new LedgerFolder(path);
    String name = "schema-" + version + ".db.gz";
    try (InputStream packed =
            Objects.requireNonNull(OldSchemaTest.class.getResourceAsStream(name));
        InputStream database = new GZIPInputStream(packed)) {
      Files.copy(database, folder.database());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void is_not_read_before_it_was_brought_up_to_date(int version) throws Exception {
    unpack(version);
    assertThatThrownBy(folder::openReadOnly)
        .isInstanceOf(UnusableLedgerException.class)
        .hasMessageContaining("older schema version " + version);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void is_intact_afterwards_with_all_that_it_had_and_can_be_written(int version) throws Exception {
    unpack(version);
    List<String> before = folder.query("SELECT id || status FROM raw_calls ORDER BY seq");
    assertThat(before).hasSize(6);
    SampleCalls samples = new SampleCalls(Clock.system(), 1);
    try (SqliteLedger ledger = folder.open()) {
      CallStart start = samples.start(samples.context(Attachment.NONE));
      assertThat(ledger.start(start).await().safe()).isTrue();
      assertThat(ledger.record(samples.ended(start)).await().safe()).isTrue();
    }

    // The end of the open stream, a start and its end.
    assertThat(folder.intactRecords()).isEqualTo(RECORDS + 3);
    assertThat(folder.query("SELECT id || status FROM raw_calls ORDER BY seq"))
        .hasSize(8)
        .startsWith(before.toArray(String[]::new));
    assertThat(folder.query("SELECT DISTINCT format FROM ledger_commits ORDER BY 1"))
        .containsExactlyElementsOf(new TreeSet<>(List.of(String.valueOf(version), "3")));
    assertThat(
            folder.query(
                "SELECT count(*) FROM raw_calls WHERE tokens_json ->> '$.input_audio' IS NULL"))
        .containsExactly(version < 3 ? "6" : "0");
  }

  @Test
  void counts_the_audio_of_calls_that_the_totals_had_taken_in_before_they_knew_audio()
      throws Exception {
    unpack(3);
    folder.open().close();

    assertThat(folder.query(TOTAL_AUDIO + "ledger_rollups WHERE size = 86400"))
        .isEqualTo(folder.query(TOTAL_AUDIO + "ledger_calls"))
        .doesNotContain("0/0");
    assertThat(folder.intactRecords()).isEqualTo(RECORDS + 1);
  }

  @Test
  void says_of_a_stream_that_was_open_only_what_its_start_said() throws Exception {
    unpack(1);
    try (SqliteLedger ledger = folder.open()) {
      String id = folder.query("SELECT id FROM raw_calls WHERE status = 'interrupted'").getFirst();
      CallRow row = ledger.calls().find(UUID.fromString(id)).orElseThrow().row();

      assertThat(row.model()).isEqualTo("openai/gpt-4o-mini");
      assertThat(row.provider()).isEmpty();
      assertThat(row.attempts()).isEmpty();
      assertThat(row.latency()).isEmpty();
      assertThat(
              folder.query(
                  "SELECT count(*) FROM raw_calls WHERE simulated IS NULL AND attempts IS NULL"))
          .containsExactly("1");
      assertThat(ledger.calls().find(row.id()).orElseThrow().metadataJson().orElseThrow())
          .contains("\"assay\":{\"simulated\":null,\"attempts\":null}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "1, UPDATE ledger_starts SET provider = 'other' WHERE place = (SELECT min(place) FROM"
            + " ledger_starts)",
        "2, UPDATE ledger_calls SET input_audio_tokens = 0 WHERE place = (SELECT min(place) FROM"
            + " ledger_calls)",
        "2, UPDATE ledger_attempts SET output_audio_tokens = 0 WHERE number = 1"
      })
  void does_not_hide_what_is_written_into_columns_that_it_did_not_have(int version, String change)
      throws Exception {
    unpack(version);
    folder.open().close();
    folder.tamper(change);

    assertThat(folder.verify().recordsIntact()).isFalse();
  }
}
