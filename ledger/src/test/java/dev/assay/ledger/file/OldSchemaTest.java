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
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ledger that the first version of the schema wrote, with a row of every kind, a refused call and
 * a stream that was open when the program stopped, is brought up to date and stays intact.
 */
class OldSchemaTest {
  private static final int RECORDS = 10;

  @TempDir private Path path;
  private LedgerFolder folder;

  @BeforeEach
  void unpack() throws Exception {
    folder = new LedgerFolder(path);
    try (InputStream packed =
            Objects.requireNonNull(OldSchemaTest.class.getResourceAsStream("schema-1.db.gz"));
        InputStream database = new GZIPInputStream(packed)) {
      Files.copy(database, folder.database());
    }
  }

  @Test
  void is_not_read_before_it_was_brought_up_to_date() {
    assertThatThrownBy(folder::openReadOnly)
        .isInstanceOf(UnusableLedgerException.class)
        .hasMessageContaining("older schema version 1");
  }

  @Test
  void is_intact_afterwards_with_all_that_it_had_and_can_be_written() throws Exception {
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
        .containsExactly("1", "2");
  }

  @Test
  void says_of_a_stream_that_was_open_only_what_its_start_said() throws Exception {
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

  @Test
  void does_not_hide_what_is_written_into_columns_that_it_did_not_have() throws Exception {
    folder.open().close();
    folder.tamper(
        "UPDATE ledger_starts SET provider = 'other' WHERE place = (SELECT min(place) FROM"
            + " ledger_starts)");

    assertThat(folder.verify().recordsIntact()).isFalse();
  }
}
