package dev.assay.ledger.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.store.Receipt;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.ledger.record.Bodies;
import dev.assay.ledger.record.Body;
import dev.assay.ledger.record.BodyPart;
import dev.assay.ledger.record.Entry;
import dev.assay.ledger.record.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The queue in front of the writer, and the receipts that come out of it. */
class IntakeTest {
  private static Entry entry(String id, int bytes) {
    Object[] values = {id, "call", "no", 1L};
    Bodies bodies =
        bytes == 0
            ? Bodies.NONE
            : new Bodies(
                Map.of(BodyPart.REQUEST, new Body(Bytes.utf8("n"), Bytes.wrap(new byte[bytes]))));
    return new Entry(RecordType.DELIVERY, values, List.of(), bodies);
  }

  private static Intake intake(long bytes) {
    Intake intake = new Intake(bytes);
    intake.serve(Thread.currentThread());
    return intake;
  }

  private static List<String> ids(List<Pending> pending) {
    return pending.stream().map(each -> each.entry().id()).toList();
  }

  @Nested
  class Entries {
    @Test
    void come_out_in_the_order_in_which_they_went_in() {
      Intake intake = intake(1 << 20);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        ids.add("id" + i);
        intake.put(entry("id" + i, 0));
      }
      assertThat(intake.length()).isEqualTo(100);
      List<Pending> taken = intake.takeAll();

      assertThat(ids(taken)).isEqualTo(ids);
      assertThat(intake.takeAll()).isEmpty();
      intake.done(taken);
      assertThat(intake.length()).isZero();
      assertThat(intake.bytes()).isZero();
    }

    @Test
    void of_each_caller_keep_their_order_among_many_callers() throws Exception {
      Intake intake = intake(1 << 26);
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        int own = caller;
        callers.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int i = 0; i < 500; i++) {
                    intake.put(entry("%d-%03d".formatted(own, i), 0));
                  }
                }));
      }
      List<String> taken = new ArrayList<>();
      while (taken.size() < 8 * 500) {
        taken.addAll(ids(intake.takeAll()));
      }
      for (Thread caller : callers) {
        caller.join();
      }
      for (int caller = 0; caller < 8; caller++) {
        String prefix = caller + "-";
        assertThat(taken.stream().filter(id -> id.startsWith(prefix)).toList())
            .hasSize(500)
            .isSorted();
      }
    }

    @Test
    void that_find_no_room_wait_until_there_is_some() throws Exception {
      Intake intake = intake(100_000);
      intake.put(entry("first", 90_000));
      CountDownLatch began = new CountDownLatch(1);
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                began.countDown();
                intake.put(entry("second", 90_000));
              });
      began.await();
      while (caller.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      List<Pending> first = intake.takeAll();
      assertThat(ids(first)).containsExactly("first");
      intake.done(first);
      caller.join();

      assertThat(ids(intake.takeAll())).containsExactly("second");
    }

    @Test
    void that_are_larger_than_the_bound_go_in_alone() {
      Intake intake = intake(10_000);
      intake.put(entry("large", 1_000_000));

      assertThat(ids(intake.takeAll())).containsExactly("large");
    }

    @Test
    void that_come_after_the_end_are_lost() {
      Intake intake = intake(10_000);
      intake.put(entry("before", 0));

      assertThat(ids(intake.close())).containsExactly("before");
      assertThat(intake.put(entry("after", 0)).await()).isEqualTo(Durability.LOST);
      assertThat(intake.takeAll()).isEmpty();
      assertThat(intake.close()).isEmpty();
    }

    @Test
    void that_wait_for_room_at_the_end_are_lost() throws Exception {
      Intake intake = intake(100_000);
      intake.put(entry("first", 90_000));
      ConcurrentLinkedQueue<Durability> said = new ConcurrentLinkedQueue<>();
      Thread caller =
          Thread.ofPlatform().start(() -> said.add(intake.put(entry("second", 90_000)).await()));
      while (caller.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      intake.close();
      caller.join();

      assertThat(said).containsExactly(Durability.LOST);
    }
  }

  @Nested
  class A_receipt {
    @Test
    void wakes_all_who_wait_and_may_be_asked_again() throws Exception {
      Ticket ticket = new Ticket();
      ConcurrentLinkedQueue<Durability> said = new ConcurrentLinkedQueue<>();
      List<Thread> waiting = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        waiting.add(Thread.ofVirtual().start(() -> said.add(ticket.await())));
        waiting.add(Thread.ofPlatform().start(() -> said.add(ticket.await())));
      }
      for (Thread thread : waiting) {
        while (thread.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
      }
      ticket.decide(Durability.SPILLED);
      for (Thread thread : waiting) {
        thread.join();
      }

      assertThat(said).hasSize(10).containsOnly(Durability.SPILLED);
      assertThat(ticket.await()).isEqualTo(Durability.SPILLED);
    }

    @Test
    void is_decided_once() {
      Ticket ticket = Ticket.of(Durability.RECORDED);
      ticket.decide(Durability.LOST);

      assertThat(ticket.await()).isEqualTo(Durability.RECORDED);
    }

    @Test
    void keeps_an_interrupt_for_later() throws Exception {
      Ticket ticket = new Ticket();
      ConcurrentLinkedQueue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
      Thread waiting =
          Thread.ofPlatform()
              .start(() -> {
                Receipt receipt = ticket;
                receipt.await();
                interrupted.add(Thread.currentThread().isInterrupted());
              });
      while (waiting.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      waiting.interrupt();
      ticket.decide(Durability.RECORDED);
      waiting.join();

      assertThat(interrupted).containsExactly(true);
    }
  }
}
