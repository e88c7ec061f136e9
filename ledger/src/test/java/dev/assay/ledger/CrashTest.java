package dev.assay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.CallContext.Attachment;
import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.store.StoredCall;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import dev.assay.ledger.write.WalLimits;
import dev.assay.ledger.write.WriterLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stop in the middle: what the files hold at that moment is what is there afterwards. */
class CrashTest {
  @TempDir private Path path;

  private final SampleCalls samples = new SampleCalls(Clock.system(), 5);

  /** What a pulled plug leaves: the files as they are, in the order in which they depend. */
  private LedgerFolder image(LedgerFolder folder, String name) throws IOException {
    Path copy = Files.createDirectory(path.resolve(name));
    // The log first: what a checkpoint moves meanwhile is in both then.
    for (String file : List.of("assay.db-wal", "assay.db", "assay.spill")) {
      if (Files.exists(folder.path().resolve(file))) {
        Files.copy(folder.path().resolve(file), copy.resolve(file));
      }
    }
    return new LedgerFolder(copy);
  }

  private LedgerSettings settings(LedgerFolder folder) {
    // Far from any checkpoint, because copying two files is not one moment.
    return LedgerSettings.of(folder.path())
        .wal(new WalLimits(1L << 30, 1L << 30, 1 << 20, 1L << 30))
        .writer(
            new WriterLimits(
                64,
                1 << 20,
                1 << 24,
                Duration.ofNanos(100_000),
                40,
                Duration.ofHours(1),
                Duration.ofSeconds(1)));
  }

  @Nested
  class While_many_record {
    @Test
    void everything_that_was_acknowledged_is_there_and_the_chain_is_intact() throws Exception {
      LedgerFolder folder = new LedgerFolder(path.resolve("home"));
      Queue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
      Queue<UUID> open = new ConcurrentLinkedQueue<>();
      AtomicBoolean stop = new AtomicBoolean();
      List<Thread> callers = new ArrayList<>();
      List<LedgerFolder> images = new ArrayList<>();
      List<List<UUID>> before = new ArrayList<>();
      try (SqliteLedger ledger =
          SqliteLedger.open(settings(folder), Clock.system(), Secrets.NONE)) {
        CountDownLatch first = new CountDownLatch(20);
        for (int caller = 0; caller < 16; caller++) {
          callers.add(
              Thread.ofVirtual()
                  .start(() -> {
                    while (!stop.get()) {
                      call(ledger, acknowledged, open);
                      first.countDown();
                    }
                  }));
        }
        first.await();
        for (int moment = 0; moment < 8; moment++) {
          before.add(List.copyOf(acknowledged));
          images.add(image(folder, "image" + moment));
        }
        stop.set(true);
        for (Thread caller : callers) {
          caller.join();
        }
      }
      for (int moment = 0; moment < images.size(); moment++) {
        requireAllThere(images.get(moment), before.get(moment));
      }
    }

    private void call(SqliteLedger ledger, Queue<UUID> acknowledged, Queue<UUID> open) {
      CallRecord call;
      if (acknowledged.size() % 3 == 0) {
        CallStart start = samples.start(samples.context(Attachment.NONE));
        assertThat(ledger.start(start).await().safe()).isTrue();
        open.add(start.context().callId());
        call = samples.ended(start);
      } else {
        call = samples.inGroup("load");
      }
      assertThat(ledger.record(call).await()).isEqualTo(Durability.RECORDED);
      acknowledged.add(call.context().callId());
    }

    private void requireAllThere(LedgerFolder image, List<UUID> acknowledged) throws Exception {
      // First as somebody who may not change anything: the log of writes has not been moved yet.
      image.intactRecords();
      try (ReadOnlyLedger ledger = image.openReadOnly()) {
        for (UUID id : acknowledged) {
          assertThat(ledger.calls().find(id)).as("call " + id).isPresent();
        }
      }
      try (SqliteLedger ledger = image.open()) {
        for (UUID id : acknowledged) {
          assertThat(ledger.calls().find(id)).as("call " + id).isPresent();
        }
        long calls = Long.parseLong(image.query("SELECT count(*) FROM raw_calls").getFirst());
        assertThat(ledger.calls().summary(CallFilter.ALL).total().calls()).isEqualTo(calls);
      }
      image.intactRecords();
      assertThat(
              image.query(
                  "SELECT count(*) FROM call_starts WHERE call_id NOT IN (SELECT id FROM raw_calls)"))
          .containsExactly("0");
      assertThat(image.query("SELECT members FROM groups"))
          .isEqualTo(image.query("SELECT count(*) FROM group_members"));
    }
  }

  @Nested
  class A_stream_without_an_end {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gets_one_that_says_interrupted_and_all_that_its_start_said(boolean rolledUp)
        throws Exception {
      LedgerFolder folder = new LedgerFolder(path.resolve("home"));
      Attachment attachment =
          new Attachment(
              Optional.empty(),
              Optional.of("run-1"),
              Optional.of("round2/gpt#3"),
              Optional.of("g1"));
      CallStart start = samples.start(samples.context(attachment));
      LedgerFolder image;
      try (SqliteLedger ledger =
          SqliteLedger.open(settings(folder), Clock.system(), Secrets.NONE)) {
        ledger.start(start).await();
        for (int other = 0; other < (rolledUp ? 100 : 1); other++) {
          CallStart finished = samples.start(samples.context(Attachment.NONE));
          ledger.start(finished).await();
          ledger.record(samples.ended(finished)).await();
        }
        image = image(folder, "image");
      }

      try (SqliteLedger ledger = image.open()) {
        StoredCall end = ledger.calls().find(start.context().callId()).orElseThrow();
        assertThat(end.row().status()).isEqualTo(CallStatus.INTERRUPTED);
        assertThat(end.row().errorCode()).contains("interrupted");
        assertThat(end.row().cost()).isEqualTo(Cost.unknown());
        assertThat(end.row().usage()).isEqualTo(Usage.ABSENT);
        assertThat(end.row().latency()).isEmpty();
        assertThat(end.row().attempts()).isEmpty();
        assertThat(end.row().kind()).isEqualTo(CallKind.PROVIDER);
        assertThat(end.row().provider()).isEqualTo("openai");
        assertThat(end.row().model()).isEqualTo("gpt-4o-mini");
        assertThat(end.row().userId()).contains("user-9");
        assertThat(end.row().simulated()).isTrue();
        assertThat(end.row().principal()).isEqualTo("local");
        assertThat(end.row().runId()).contains("run-1");
        assertThat(end.row().step()).contains("round2/gpt#3");
        assertThat(
                image.query(
                    "SELECT 1 FROM raw_calls WHERE status = 'interrupted' AND latency_ms IS NULL"
                        + " AND attempts IS NULL AND cost_usd IS NULL AND ttft_ms IS NULL"))
            .containsExactly("1");
        assertThat(end.row().createdAt()).isEqualTo(start.createdAt());
        assertThat(end.requestJson()).contains(SampleCalls.REQUEST.utf8());
        assertThat(end.metadataJson())
            .contains(
                "{\"team\":\"blue\",\"ticket\":\"7\","
                    + "\"assay\":{\"simulated\":true,\"attempts\":null}}");
        assertThat(end.errorJson().orElseThrow()).contains("\"code\":\"interrupted\"");
        assertThat(image.query("SELECT call_id FROM group_members"))
            .containsExactly(start.context().callId().toString());
      }
      image.open().close();
      assertThat(image.query("SELECT count(*) FROM raw_calls WHERE status = 'interrupted'"))
          .containsExactly("1");
      image.intactRecords();
    }
  }

  @Nested
  class Totals {
    @Test
    void count_every_call_once_however_often_the_program_stops() throws Exception {
      LedgerFolder folder = new LedgerFolder(path.resolve("home"));
      for (int round = 0; round < 4; round++) {
        LedgerFolder image;
        try (SqliteLedger ledger =
            SqliteLedger.open(settings(folder), Clock.system(), Secrets.NONE)) {
          for (int call = 0; call < 25 + 30 * round; call++) {
            ledger.record(samples.answered()).await();
          }
          image = image(folder, "round" + round);
        }
        folder = image;
        try (SqliteLedger ledger = folder.open()) {
          assertThat(ledger.calls().summary(CallFilter.ALL).total().calls())
              .isEqualTo(Long.parseLong(folder.query("SELECT count(*) FROM raw_calls").getFirst()));
        }
      }
      assertThat(folder.query("SELECT sum(calls) FROM ledger_rollups GROUP BY size"))
          .containsOnly("280");
    }
  }
}
