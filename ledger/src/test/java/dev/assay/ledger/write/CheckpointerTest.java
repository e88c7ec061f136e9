package dev.assay.ledger.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.secret.Secrets;
import dev.assay.core.store.Receipt;
import dev.assay.core.time.Clock;
import dev.assay.ledger.LedgerFolder;
import dev.assay.ledger.LedgerSettings;
import dev.assay.ledger.SampleCalls;
import dev.assay.ledger.SqliteLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of writes starts over again and again, however much is written. */
class CheckpointerTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path path;

  private final SampleCalls samples = new SampleCalls(Clock.system(), 51);

  private SqliteLedger open(LedgerFolder folder) throws Exception {
    LedgerSettings settings = folder.settings().wal(new WalLimits(MIB / 4, MIB, 2 * MIB, 4 * MIB));
    return SqliteLedger.open(settings, Clock.system(), Secrets.NONE);
  }

  /** Writes until the log has started over a number of times. */
  private void writeUntilRestarted(SqliteLedger ledger, int times) {
    long before = 0;
    int restarts = 0;
    for (int round = 0; round < 20_000 && restarts < times; round++) {
      List<Receipt> receipts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        receipts.add(ledger.record(samples.answered()));
      }
      receipts.forEach(receipt -> assertThat(receipt.await().safe()).isTrue());
      long used = ledger.health().walBytes();
      restarts += used < before ? 1 : 0;
      before = used;
    }
    assertThat(restarts).isEqualTo(times);
  }

  @Test
  void under_load_its_file_stays_small() throws Exception {
    LedgerFolder folder = new LedgerFolder(path.resolve("home"));
    try (SqliteLedger ledger = open(folder)) {
      writeUntilRestarted(ledger, 3);

      assertThat(Files.size(folder.path().resolve("assay.db-wal"))).isGreaterThanOrEqualTo(2 * MIB);
      assertThat(ledger.health().writable()).isTrue();
    }
    folder.intactRecords();
    assertThat(folder.query("PRAGMA integrity_check")).containsExactly("ok");
  }

  @Test
  void once_a_reader_from_elsewhere_has_let_go_it_starts_over() throws Exception {
    LedgerFolder folder = new LedgerFolder(path.resolve("home"));
    try (SqliteLedger ledger = open(folder)) {
      ledger.record(samples.answered()).await();
      try (Connection reader = folder.connect();
          Statement statement = reader.createStatement()) {
        statement.execute("BEGIN");
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM raw_calls")) {
          assertThat(row.next()).isTrue();
        }
        while (ledger.health().walBytes() < 5 * MIB) {
          assertThat(ledger.record(samples.large()).await().safe()).isTrue();
        }
      }
      writeUntilRestarted(ledger, 1);
    }
    folder.intactRecords();
  }
}
