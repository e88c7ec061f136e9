package dev.assay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.time.Signal;
import dev.assay.core.time.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualTime time = VirtualTime.seeded(1);

  @Nested
  class Passing {
    @Test
    void jumpsToTheNextMomentForWhichSomebodyWaits() throws Exception {
      List<String> said = new ArrayList<>();
      time.run(() -> {
        Task<?> late = time.fork("late", () -> sayAfter(Duration.ofHours(2), said));
        Task<?> early = time.fork("early", () -> sayAfter(Duration.ofHours(1), said));
        late.await();
        early.await();
      });
      assertThat(said).containsExactly("PT1H", "PT2H");
      assertThat(time.elapsed()).isEqualTo(Duration.ofHours(2));
      assertThat(time.now()).isEqualTo(VirtualTime.START.plus(Duration.ofHours(2)));
    }

    @Test
    void standsStillWhileAnybodyCanGoOn() throws Exception {
      time.run(() -> {
        Task<?> sleeper = time.fork("sleeper", () -> sayAfter(Duration.ofDays(1), List.of()));
        for (int i = 0; i < 100; i++) {
          time.sleep(Duration.ZERO);
        }
        assertThat(time.elapsed()).isZero();
        sleeper.interrupt();
      });
      assertThat(time.elapsed()).isZero();
    }

    @Test
    void goesOnInTheNextRun() throws Exception {
      time.run(() -> time.sleep(Duration.ofSeconds(1)));
      time.run(() -> time.sleep(Duration.ofSeconds(1)));
      assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void letsAThousandTasksLiveADay() throws Exception {
      List<Task<Long>> tasks = new ArrayList<>();
      long sum =
          time.call(() -> {
            for (int i = 0; i < 1_000; i++) {
              tasks.add(time.fork("hourly", () -> sleepHours(24)));
            }
            long hours = 0;
            for (Task<Long> task : tasks) {
              hours += task.await();
            }
            return hours;
          });
      assertThat(sum).isEqualTo(24_000);
      assertThat(time.elapsed()).isEqualTo(Duration.ofDays(1));
    }

    private String sayAfter(Duration duration, List<String> said) throws InterruptedException {
      time.sleep(duration);
      said.add(duration.toString());
      return "said";
    }

    private long sleepHours(int hours) throws InterruptedException {
      for (int i = 0; i < hours; i++) {
        time.sleep(Duration.ofHours(1));
      }
      return hours;
    }
  }

  @Nested
  class Interleaving {
    @Test
    void isTheSameForTheSameSeed() throws Exception {
      assertThat(order(42)).isEqualTo(order(42));
    }

    @Test
    void differsBetweenSeeds() throws Exception {
      Set<String> orders = new HashSet<>();
      for (long seed = 0; seed < 50; seed++) {
        orders.add(order(seed));
      }
      assertThat(orders).hasSizeGreaterThan(40);
    }

    @Test
    void runsOneTaskAtATime() throws Exception {
      List<String> unguarded = new ArrayList<>();
      time.run(() -> {
        for (int i = 0; i < 50; i++) {
          time.fork("writer", () -> unguarded.add("x"));
        }
      });
      assertThat(unguarded).hasSize(50);
    }

    @Test
    void ofSeveralSeedsTheFailingOneIsNamed() {
      assertThatThrownBy(() ->
              VirtualTime.overSeeds(
                  1_000,
                  each -> {
                    List<String> order = new ArrayList<>();
                    each.fork("a", () -> order.add("a"));
                    each.fork("b", () -> order.add("b"));
                    each.sleep(Duration.ofSeconds(1));
                    assertThat(order).containsExactly("a", "b");
                  }))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("with seed ");
    }

    private static String order(long seed) throws Exception {
      VirtualTime time = VirtualTime.seeded(seed);
      StringBuilder order = new StringBuilder();
      time.run(() -> {
        for (char name = 'a'; name <= 'f'; name++) {
          char letter = name;
          time.fork(
              "letter",
              () -> {
                order.append(letter);
                time.sleep(Duration.ofSeconds(1));
                return order.append(letter);
              });
        }
      });
      return order.toString();
    }
  }

  @Nested
  class Waiting {
    @Test
    void endsWhenTheSignalIsFired() throws Exception {
      time.run(() -> {
        Signal signal = time.signal();
        time.fork("firing", () -> fireAfter(Duration.ofSeconds(3), signal));
        assertThat(signal.await(Duration.ofSeconds(2))).isFalse();
        assertThat(signal.await(Duration.ofSeconds(2))).isTrue();
        signal.await();
        assertThat(signal.fired()).isTrue();
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(3));
      });
    }

    @Test
    void wakesAllWhoWait() throws Exception {
      List<String> woken = new ArrayList<>();
      time.run(() -> {
        Signal signal = time.signal();
        for (int i = 0; i < 10; i++) {
          time.fork(
              "waiting",
              () -> {
                signal.await();
                return woken.add("x");
              });
        }
        time.sleep(Duration.ofSeconds(1));
        assertThat(woken).isEmpty();
        signal.fire();
        signal.fire();
      });
      assertThat(woken).hasSize(10);
    }

    @Test
    void isForTasksOnly() {
      assertThatIllegalStateException().isThrownBy(() -> time.sleep(Duration.ZERO));
      assertThatIllegalStateException().isThrownBy(() -> time.fork("alone", () -> "x"));
      assertThatIllegalStateException().isThrownBy(() -> time.signal().await());
    }

    @Test
    void takesASignalThatWasFiredOutside() throws Exception {
      Signal signal = time.signal();
      signal.fire();
      time.run(signal::await);
    }

    @Test
    void canBeLongerThanTheClockCounts() throws Exception {
      time.run(() -> {
        Signal signal = time.signal();
        time.fork("firing", () -> fireAfter(Duration.ofSeconds(1), signal));
        assertThat(signal.await(Duration.ofDays(100_000))).isTrue();
      });
    }

    private String fireAfter(Duration duration, Signal signal) throws InterruptedException {
      time.sleep(duration);
      signal.fire();
      return "fired";
    }
  }

  @Nested
  class Interrupting {
    @Test
    void endsAWait() throws Exception {
      time.run(() -> {
        Task<String> task = time.fork("sleeper", this::sleepForever);
        time.sleep(Duration.ofSeconds(1));
        task.interrupt();
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(task::await)
            .withCauseInstanceOf(InterruptedException.class);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(1));
      });
    }

    @Test
    void beforeTheBeginningEndsTheFirstWait() throws Exception {
      time.run(() -> {
        Task<String> task = time.fork("sleeper", this::sleepForever);
        task.interrupt();
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(task::await);
      });
      assertThat(time.elapsed()).isZero();
    }

    @Test
    void afterTheEndDoesNothing() throws Exception {
      time.run(() -> {
        Task<String> task = time.fork("short", () -> "done");
        assertThat(task.await()).isEqualTo("done");
        task.interrupt();
        assertThat(task.await()).isEqualTo("done");
      });
    }

    private String sleepForever() throws InterruptedException {
      time.sleep(Duration.ofDays(1_000));
      return "slept";
    }
  }

  @Nested
  class Failing {
    @Test
    void ofTheBodyIsThrown() {
      assertThatThrownBy(() ->
              time.run(() -> {
                throw new IllegalArgumentException("mine");
              }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("mine");
    }

    @Test
    void ofATaskReachesWhoAwaitsIt() throws Exception {
      time.run(() -> {
        Task<String> task = time.fork("failing", VirtualTimeTest::fail);
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(task::await)
            .withCauseInstanceOf(IllegalArgumentException.class);
      });
    }

    @Test
    void ofATaskThatNobodyAwaitsIsNotLost() {
      assertThatThrownBy(() -> time.run(() -> time.fork("failing", VirtualTimeTest::fail)))
          .isInstanceOf(AssertionError.class)
          .hasMessage("task 'failing' failed and nobody awaited it")
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void byDeadlockSaysWhoWaitsForWhatAndWhere() {
      assertThatThrownBy(() ->
              time.run(() -> {
                Task<String> stuck = time.fork("stuck", VirtualTimeTest.this::waitForever);
                time.sleep(Duration.ofSeconds(5));
                stuck.await();
              }))
          .isInstanceOf(DeadlockError.class)
          .hasMessageStartingWith("after PT5S nobody can go on:")
          .hasMessageContaining("task 'main' waits for task 'stuck'")
          .hasMessageContaining("task 'stuck' waits for a signal\n    at dev.assay")
          .hasMessageContaining("VirtualTimeTest.waitForever");
    }

    @Test
    void byDeadlockOfATaskThatTheBodyDoesNotAwait() {
      assertThatThrownBy(() -> time.run(() -> time.fork("stuck", this::waitLonger)))
          .isInstanceOf(DeadlockError.class)
          .hasMessageContaining("task 'stuck' waits for a signal");
    }

    private String waitLonger() throws InterruptedException {
      return waitForever();
    }
  }

  private String waitForever() throws InterruptedException {
    time.signal().await();
    return "never";
  }

  private static String fail() {
    throw new IllegalArgumentException("mine");
  }
}
