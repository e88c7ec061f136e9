package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.outcome.Delivered;
import dev.assay.core.store.Receipt;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.time.Task;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MemoryRecorderTest {
  private static final UUID CALL = new UUID(0, 1);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final MemoryRecorder recorder = new MemoryRecorder(time);

  @Test
  void keepsWhatItTakes() {
    recorder.undelivered(CALL, Delivered.PARTIAL);
    assertThat(recorder.undelivered())
        .containsExactly(new MemoryRecorder.Undelivered(CALL, Delivered.PARTIAL));
    assertThat(recorder.find(CALL)).isEmpty();
  }

  @Test
  void saysOfEachRecordWhatWasSetWhenItWasTaken() {
    Receipt before = recorder.undelivered(CALL, Delivered.NO);
    recorder.become(Durability.LOST);
    Receipt after = recorder.undelivered(CALL, Delivered.NO);
    assertThat(before.await()).isEqualTo(Durability.RECORDED);
    assertThat(after.await()).isEqualTo(Durability.LOST);
  }

  @Test
  void refusesWhenTold() {
    assertThat(recorder.admits()).isTrue();
    recorder.admit(false);
    assertThat(recorder.admits()).isFalse();
  }

  @Test
  void holdsReceiptsUntilTheRelease() throws Exception {
    recorder.hold();
    Receipt receipt = recorder.undelivered(CALL, Delivered.NO);
    time.run(() -> {
      Task<Duration> waiting =
          time.fork(
              "waiting",
              () -> {
                receipt.await();
                return time.elapsed();
              });
      time.sleep(Duration.ofSeconds(7));
      recorder.release();
      assertThat(waiting.await()).isEqualTo(Duration.ofSeconds(7));
      assertThat(recorder.undelivered(CALL, Delivered.NO).await()).isEqualTo(Durability.RECORDED);
    });
  }

  @Test
  void keepsAnInterruptOfWhoWaitsForLater() throws Exception {
    recorder.hold();
    Receipt receipt = recorder.undelivered(CALL, Delivered.NO);
    time.run(() -> {
      Task<Boolean> waiting =
          time.fork(
              "waiting",
              () -> {
                receipt.await();
                return Thread.interrupted();
              });
      time.sleep(Duration.ofSeconds(1));
      waiting.interrupt();
      time.sleep(Duration.ofSeconds(1));
      recorder.release();
      assertThat(waiting.await()).isTrue();
    });
  }
}
