package dev.assay.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.outcome.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptConnectionTest extends ScriptedHttpTest {
  @Nested
  class AKeptConnection {
    @Test
    void serves_one_request_after_the_other() throws Exception {
      RawServer server = serve(RawServer.answering("hello"));
      for (int i = 0; i < 20; i++) {
        assertThat(text(post(server))).isEqualTo("hello");
      }
      assertThat(server.accepted()).isEqualTo(1);
      assertThat(server.requests()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void that_the_peer_closed_while_it_was_idle_fails_no_call(boolean reset) throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send(RawServer.ok("once"));
            if (reset) {
              peer.resetOnClose();
            }
          });
      for (int i = 0; i < 50; i++) {
        assertThat(text(post(server))).isEqualTo("once");
      }
      assertThat(server.accepted()).isEqualTo(50);
    }

    @Test
    void that_breaks_before_any_byte_of_the_answer_is_replaced_once() throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send(RawServer.ok("first"));
            peer.request();
          });
      assertThat(text(post(server))).isEqualTo("first");
      assertThat(text(post(server))).isEqualTo("first");
      assertThat(server.accepted()).isEqualTo(2);
      assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void that_breaks_late_is_not_replaced() throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send(RawServer.ok("first"));
            peer.request();
            clock.advance(Duration.ofSeconds(2));
          });
      assertThat(text(post(server))).isEqualTo("first");
      assertThat(fail(post(server)).code()).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void that_breaks_in_the_answer_is_not_replaced() throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send(RawServer.ok("first"));
            peer.request();
            peer.send("H");
          });
      assertThat(text(post(server))).isEqualTo("first");
      assertThat(fail(post(server)).code()).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void is_not_what_a_first_request_has() throws Exception {
      RawServer server = serve(RawServer.Peer::request);
      assertThat(fail(post(server)).code()).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void that_said_more_than_it_was_asked_is_not_used_again() throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send(RawServer.ok("mine") + RawServer.ok("somebody else's"));
            peer.stall();
          });
      assertThat(text(post(server))).isEqualTo("mine");
      assertThat(text(post(server))).isEqualTo("mine");
      assertThat(server.accepted()).isEqualTo(2);
    }

    @Test
    void is_closed_when_the_answer_says_so_or_was_not_read_to_its_end() throws Exception {
      RawServer closing =
          serve(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
            peer.stall();
          });
      RawServer large = serve(RawServer.answering("x".repeat(1_000_000)));
      assertThat(text(post(closing)) + text(post(closing))).isEqualTo("xx");
      assertThat(closing.accepted()).isEqualTo(2);
      try (HttpResponse response = respond(post(large))) {
        assertThat(response.body().read()).isEqualTo('x');
      }
      assertThat(text(post(large)).length()).isEqualTo(1_000_000);
      assertThat(large.accepted()).isEqualTo(2);
      closing.awaitNoConnections();
    }

    @Test
    void is_closed_when_it_was_unused_for_long() throws Exception {
      RawServer server = serve(RawServer.answering("hello"));
      assertThat(text(post(server))).isEqualTo("hello");
      clock.advance(Duration.ofSeconds(61));
      server.awaitNoConnections();
      assertThat(text(post(server))).isEqualTo("hello");
      assertThat(server.accepted()).isEqualTo(2);
    }

    @Test
    void is_one_of_as_many_as_are_allowed() throws Exception {
      client.close();
      client = HttpClient.open(new HttpSettings(1, LONG, Optional.empty()), clock);
      RawServer server = serve(RawServer.answering("hello"));
      HttpResponse first = respond(post(server));
      HttpResponse second = respond(post(server));
      assertThat(whole(first) + whole(second)).isEqualTo("hellohello");
      assertThat(text(post(server))).isEqualTo("hello");
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Nested
  class AClient {
    @Test
    void asks_a_hundred_at_once_and_again() throws Exception {
      RawServer server = serve(RawServer.answering("x".repeat(5_000)));
      for (int round = 0; round < 5; round++) {
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          answers.add(tasks.submit(() -> text(post(server))));
        }
        for (Future<String> answer : answers) {
          assertThat(answer.get().length()).isEqualTo(5_000);
        }
      }
      assertThat(server.requests()).isEqualTo(500);
      assertThat(server.accepted()).isLessThanOrEqualTo(100);
    }

    /** A cancellation may meet an exchange anywhere, also while its connection is given back. */
    @Test
    void whose_calls_are_cancelled_at_any_moment_answers_the_others() throws Exception {
      RawServer server = serve(RawServer.answering("x".repeat(20_000)));
      Random random = new Random(1);
      for (int i = 0; i < 500; i++) {
        Cancellation own = new Cancellation();
        Future<Optional<ErrorCode>> cancelled = tasks.submit(() -> ending(server, own));
        Future<String> other = tasks.submit(() -> text(post(server)));
        int spins = random.nextInt(20_000);
        for (int spin = 0; spin < spins; spin++) {
          Thread.onSpinWait();
        }
        own.cancel(CancellationReason.LOST);
        assertThat(cancelled.get()).isIn(Optional.empty(), Optional.of(ErrorCode.CANCELLED));
        assertThat(other.get().length()).isEqualTo(20_000);
      }
    }

    private Optional<ErrorCode> ending(RawServer server, Cancellation own) {
      HttpResult result =
          client.send(post(server), HttpTimeouts.WHOLE, clock.now().plus(LONG), own);
      return switch (result) {
        case HttpFailure failure -> Optional.of(failure.code());
        case HttpResponse response ->
            switch (response.readAll(LIMIT)) {
              case BodyRead.Whole whole -> Optional.empty();
              case BodyRead.Broken broken -> Optional.of(broken.failure().code());
            };
      };
    }

    @Test
    void that_is_closed_ends_what_runs_and_sends_no_more() throws Exception {
      CountDownLatch stalled = new CountDownLatch(1);
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.stall(stalled);
          });
      Future<HttpFailure> failure = tasks.submit(() -> fail(post(server)));
      stalled.await();
      client.close();
      assertThat(failure.get().code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
      assertThat(fail(post(server)).code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
      assertThat(server.accepted()).isEqualTo(1);
    }

    @Test
    void never_says_a_header_or_a_body() throws Exception {
      RawServer server = serve(RawServer.Peer::request);
      assertThat(fail(post(server, "private")).message()).doesNotContain("key", "private");
    }
  }
}
