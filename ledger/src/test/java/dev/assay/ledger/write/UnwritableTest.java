package dev.assay.ledger.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.core.outcome.CallKind;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.Receipt;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.time.Clock;
import dev.assay.ledger.LedgerFolder;
import dev.assay.ledger.SampleCalls;
import dev.assay.ledger.file.Connections;
import dev.assay.ledger.file.LedgerHome;
import dev.assay.ledger.file.UnusableLedgerException;
import dev.assay.ledger.write.LedgerStore.Bounds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that cannot be written: nothing that was taken is lost while there is any way. */
class UnwritableTest {
  private static final Bounds BOUNDS =
      new Bounds(
          new WriterLimits(
              64,
              1 << 20,
              1 << 24,
              Duration.ofNanos(100_000),
              500,
              Duration.ofSeconds(1),
              Duration.ofMillis(20)),
          WalLimits.DEFAULT,
          1 << 20);

  @TempDir private Path path;

  private final SampleCalls samples = new SampleCalls(Clock.system(), 11);
  private LedgerFolder folder;
  private LimitedConnections connections;
  private LedgerStore store;

  /** Lets a test take away the means of the writer's connection, and of those that follow it. */
  private static final class LimitedConnections extends Connections {
    private Connection writer;
    private String pragma = "query_only = 0";

    private LimitedConnections(Path database) {
      super(database);
    }

    @Override
    public synchronized Connection writer() throws SQLException {
      writer = super.writer();
      apply();
      return writer;
    }

    private synchronized void pragma(String changed) throws SQLException {
      pragma = changed;
      if (!writer.isClosed()) {
        apply();
      }
    }

    private void apply() throws SQLException {
      try (Statement statement = writer.createStatement()) {
        statement.execute("PRAGMA " + pragma);
      }
    }
  }

  @BeforeEach
  void open() throws Exception {
    open(path.resolve("home"));
  }

  private void open(Path home) throws UnusableLedgerException {
    folder = new LedgerFolder(home);
    connections = new LimitedConnections(folder.database());
    store =
        LedgerStore.open(
            new LedgerHome(home),
            connections,
            BOUNDS,
            new ReentrantLock(),
            Clock.system(),
            Secrets.NONE);
  }

  @AfterEach
  void close() throws Exception {
    store.close(Duration.ofSeconds(30));
    folder.intactRecords();
  }

  private Durability put(CallRecord call) {
    return store.put(store.entries().call(call, true)).await();
  }

  private static void until(BooleanSupplier condition) {
    for (int look = 0; look < 30_000 && !condition.getAsBoolean(); look++) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private List<String> ids() throws SQLException {
    return folder.query("SELECT id FROM raw_calls ORDER BY seq");
  }

  private void fill() throws Exception {
    // SQLite takes the number of pages that there are for a smaller bound.
    connections.pragma("max_page_count = 1");
  }

  @Nested
  class When_it_is_full {
    @Test
    void records_go_to_the_spill_file_and_from_there_into_the_chain_in_order() throws Exception {
      List<String> all = new ArrayList<>();
      fill();
      Durability last = Durability.RECORDED;
      while (last == Durability.RECORDED) {
        CallRecord call = samples.large();
        last = put(call);
        all.add(call.context().callId().toString());
      }
      assertThat(last).isEqualTo(Durability.SPILLED);
      assertThat(store.writable()).isFalse();
      assertThat(store.spillable()).isTrue();
      assertThat(store.trouble().orElseThrow()).contains("full");
      for (int more = 0; more < 50; more++) {
        CallRecord call = samples.large();
        assertThat(put(call)).isEqualTo(Durability.SPILLED);
        all.add(call.context().callId().toString());
      }
      assertThat(store.spilled()).isEqualTo(51);
      assertThat(store.spillWaiting()).isEqualTo(51);

      connections.pragma("max_page_count = 1000000");
      until(store::writable);

      assertThat(put(samples.answered())).isEqualTo(Durability.RECORDED);
      assertThat(store.spillWaiting()).isZero();
      assertThat(store.trouble()).isEmpty();
      assertThat(ids()).startsWith(all.toArray(String[]::new)).hasSize(all.size() + 1);
    }

    @Test
    void what_is_in_the_spill_file_enters_the_chain_at_the_next_start() throws Exception {
      fill();
      CallRecord call = samples.large();
      while (put(call) == Durability.RECORDED) {
        call = samples.large();
      }
      store.close(Duration.ofSeconds(30));
      assertThat(ids()).doesNotContain(call.context().callId().toString());
      open(folder.path());

      assertThat(ids()).endsWith(call.context().callId().toString());
      assertThat(store.spillWaiting()).isZero();
    }
  }

  @Nested
  class A_replay_that_was_cut_short {
    @Test
    void is_repeated_without_recording_anything_twice() throws Exception {
      connections.pragma("query_only = 1");
      List<String> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        CallRecord call = samples.inGroup("g");
        assertThat(put(call)).isEqualTo(Durability.SPILLED);
        all.add(call.context().callId().toString());
      }
      byte[] spilled = Files.readAllBytes(folder.path().resolve("assay.spill"));
      connections.pragma("query_only = 0");
      until(store::writable);
      store.close(Duration.ofSeconds(30));
      // As if the plug had been pulled after the commits and before the file was emptied.
      Files.write(folder.path().resolve("assay.spill"), spilled);
      open(folder.path());

      assertThat(ids()).isEqualTo(all);
      assertThat(folder.query("SELECT members FROM groups")).containsExactly("10");
      assertThat(store.spillWaiting()).isZero();
    }
  }

  @Nested
  class A_spill_file_that_was_damaged {
    @Test
    void is_kept_and_what_stands_before_the_damage_enters_the_ledger() throws Exception {
      connections.pragma("query_only = 1");
      List<String> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        CallRecord call = samples.answered();
        assertThat(put(call)).isEqualTo(Durability.SPILLED);
        all.add(call.context().callId().toString());
      }
      Path spill = folder.path().resolve("assay.spill");
      byte[] spilled = Files.readAllBytes(spill);
      connections.pragma("query_only = 0");
      until(store::writable);
      store.close(Duration.ofSeconds(30));
      Path other = Files.createDirectory(path.resolve("other"));
      int last = new String(spilled, StandardCharsets.ISO_8859_1).indexOf(all.getLast());
      spilled[last] ^= 1;
      Files.write(other.resolve("assay.spill"), spilled);
      open(other);

      assertThat(ids()).isEqualTo(all.subList(0, 2));
      assertThat(store.writable()).isTrue();
      assertThat(put(samples.answered())).isEqualTo(Durability.RECORDED);
      try (Stream<Path> files = Files.list(other)) {
        assertThat(files.filter(file -> file.toString().contains("assay.spill.damaged-")))
            .singleElement()
            .satisfies(kept -> assertThat(Files.readAllBytes(kept)).isEqualTo(spilled));
      }
    }
  }

  @Nested
  class When_it_is_read_only {
    @Test
    void records_go_to_the_spill_file_until_it_is_writable_again() throws Exception {
      connections.pragma("query_only = 1");
      CallRecord call = samples.answered();
      assertThat(put(call)).isEqualTo(Durability.SPILLED);
      connections.pragma("query_only = 0");
      until(store::writable);

      assertThat(ids()).containsExactly(call.context().callId().toString());
    }

    @Test
    void a_file_that_was_made_immutable_stops_new_calls_as_well() throws Exception {
      put(samples.answered());
      assumeTrue(
          run("chattr", "+i", folder.database().toString()),
          "needs a file system whose files can be made immutable: run as root on ext4");
      try {
        // Records still go to the log of writes, until it turns out that they can go no further.
        until(() -> {
          put(samples.answered());
          return !store.writable();
        });
      } finally {
        run("chattr", "-i", folder.database().toString());
      }
      until(store::writable);
      assertThat(put(samples.answered())).isEqualTo(Durability.RECORDED);
    }
  }

  @Nested
  class When_somebody_holds_it {
    @Test
    void records_go_to_the_spill_file_until_it_is_let_go() throws Exception {
      CallRecord call = samples.answered();
      try (Connection other = folder.connect();
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertThat(put(call)).isEqualTo(Durability.SPILLED);
        statement.execute("ROLLBACK");
      }
      until(store::writable);

      assertThat(ids()).containsExactly(call.context().callId().toString());
    }

    @Test
    void and_appends_to_the_chain_nothing_is_written_any_more() throws Exception {
      put(samples.answered());
      folder.execute(
          "INSERT INTO ledger_commits SELECT place + 1, format, last_seq + 1, last_seq + 1, heads,"
              + " committed_at, digest FROM ledger_commits ORDER BY place DESC LIMIT 1");

      assertThat(put(samples.answered())).isEqualTo(Durability.LOST);
      assertThat(put(samples.answered())).isEqualTo(Durability.LOST);
      assertThat(store.writable()).isFalse();
      assertThat(store.spillable()).isFalse();
      assertThat(store.trouble().orElseThrow()).contains("Another process");
      assertThat(store.lost()).isEqualTo(2);
      folder.tamper("DELETE FROM ledger_commits WHERE place & 65535 = 2");
    }
  }

  @Nested
  class With_neither_database_nor_spill_file {
    @Test
    void records_are_lost_and_say_so() throws Exception {
      store.close(Duration.ofSeconds(30));
      Path small = Files.createDirectory(path.resolve("small"));
      assumeTrue(
          run("mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "assay-test", small.toString()),
          "needs the right to mount a small file system: run as root");
      try {
        open(small);
        List<Receipt> receipts = new ArrayList<>();
        until(() -> {
          Receipt receipt = store.put(store.entries().call(samples.answered(), true));
          receipts.add(receipt);
          return receipt.await() == Durability.LOST;
        });
        long spilled =
            receipts.stream().filter(receipt -> receipt.await() == Durability.SPILLED).count();
        long recorded =
            receipts.stream().filter(receipt -> receipt.await() == Durability.RECORDED).count();
        assertThat(spilled).as("the reserve was of use").isGreaterThan(100);
        assertThat(store.spillable()).isFalse();
        assertThat(store.lost()).isPositive();

        assertThat(run("mount", "-o", "remount,size=64m", small.toString())).isTrue();
        until(store::writable);
        assertThat(ids()).hasSize((int) (recorded + spilled));
        assertThat(put(samples.answered())).isEqualTo(Durability.RECORDED);
        store.close(Duration.ofSeconds(30));
        folder.intactRecords();
      } finally {
        store.close(Duration.ofSeconds(30));
        run("umount", "-l", small.toString());
        folder = new LedgerFolder(path.resolve("home"));
      }
    }
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  @Nested
  class A_record_that_cannot_be {
    @Test
    void does_not_take_its_batch_with_it() throws Exception {
      CallRecord twice = samples.answered();
      List<Receipt> receipts = new ArrayList<>();
      receipts.add(store.put(store.entries().call(twice, true)));
      receipts.add(store.put(store.entries().call(samples.answered(), true)));
      receipts.add(store.put(store.entries().call(twice, true)));
      receipts.add(store.put(store.entries().call(samples.answered(), true)));

      assertThat(receipts)
          .extracting(Receipt::await)
          .containsExactly(
              Durability.RECORDED, Durability.RECORDED, Durability.LOST, Durability.RECORDED);
      assertThat(store.writable()).isTrue();
      assertThat(twice.outcome().details().kind()).isEqualTo(CallKind.PROVIDER);
    }
  }
}
