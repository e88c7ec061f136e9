package dev.assay.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.outcome.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HttpTimeoutsTest extends ScriptedHttpTest {
  @Nested
  class AStall {
    private final CountDownLatch stalled = new CountDownLatch(1);
    private HttpTimeouts timeouts = HttpTimeouts.STREAM;

    private HttpFailure after(Duration wait, String sent, boolean contentBegan) throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send(sent);
            peer.stall(stalled);
          });
      CountDownLatch reading = new CountDownLatch(1);
      Future<HttpFailure> failure =
          tasks.submit(() ->
              switch (send(post(server), timeouts)) {
                case HttpFailure early -> early;
                case HttpResponse response -> {
                  assertThat(response.body().read()).isEqualTo('h');
                  if (contentBegan) {
                    response.contentBegan();
                  }
                  reading.countDown();
                  yield broken(response);
                }
              });
      stalled.await();
      if (sent.endsWith("h")) {
        reading.await();
      }
      // The client may not have begun to wait yet: time passes until it has waited long enough.
      clock.advance(wait.minusMillis(1));
      assertThat(failure.isDone()).isFalse();
      while (!failure.isDone()) {
        clock.advance(Duration.ofMillis(1));
        Thread.onSpinWait();
      }
      return failure.get();
    }

    @Test
    void before_the_head_is_a_first_byte_timeout() throws Exception {
      HttpFailure failure = after(Duration.ofMinutes(5), "", false);
      assertThat(failure.code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
      assertThat(failure.sent()).isTrue();
    }

    @Test
    void in_the_head_is_an_idle_timeout() throws Exception {
      // The clock may run on before the client has seen the half head.
      timeouts =
          new HttpTimeouts(
              timeouts.connect(),
              Duration.ofDays(900),
              timeouts.idleBeforeContent(),
              timeouts.idle(),
              timeouts.afterClientGone());
      assertThat(after(Duration.ofMinutes(5), "HTTP/1.1 200 OK\r\nContent-", false).code())
          .isEqualTo(ErrorCode.IDLE_TIMEOUT);
    }

    @Test
    void before_the_first_content_is_an_idle_timeout() throws Exception {
      String sent = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nh";
      assertThat(after(Duration.ofMinutes(5), sent, false).code())
          .isEqualTo(ErrorCode.IDLE_TIMEOUT);
    }

    @Test
    void behind_the_first_content_is_an_idle_timeout_sooner() throws Exception {
      String sent = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nh";
      assertThat(after(Duration.ofSeconds(60), sent, true).code())
          .isEqualTo(ErrorCode.IDLE_TIMEOUT);
    }

    @Test
    void while_the_request_is_taken_is_a_first_byte_timeout() throws Exception {
      CountDownLatch begun = new CountDownLatch(1);
      RawServer server =
          serve(peer -> {
            peer.firstByte();
            begun.countDown();
            stalled.await();
          });
      Future<HttpFailure> failure = tasks.submit(() -> fail(post(server, "x".repeat(20_000_000))));
      begun.await();
      while (!failure.isDone()) {
        clock.advance(Duration.ofMillis(1));
        Thread.onSpinWait();
      }
      stalled.countDown();
      assertThat(failure.get().code()).isEqualTo(ErrorCode.FIRST_BYTE_TIMEOUT);
      assertThat(failure.get().sent()).isTrue();
    }

    @Test
    void of_the_reader_is_none_of_the_answer() throws Exception {
      CountDownLatch more = new CountDownLatch(1);
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na");
            more.await();
            peer.send("b");
            peer.stall();
          });
      HttpResponse response = respond(post(server));
      assertThat(response.body().read()).isEqualTo('a');
      clock.advance(Duration.ofSeconds(1_000));
      // The first may have begun before the clock was advanced.
      awaitBeat();
      awaitBeat();
      more.countDown();
      assertThat(response.body().read()).isEqualTo('b');
      assertThat(response.body().read()).isEqualTo(-1);
    }

    /** Waits until the watchdog has looked at everything: it stops another exchange meanwhile. */
    private void awaitBeat() throws Exception {
      CountDownLatch asked = new CountDownLatch(1);
      RawServer other = serve(peer -> peer.stall(asked));
      Future<HttpResult> failure =
          tasks.submit(() ->
              client.send(
                  post(other),
                  HttpTimeouts.WHOLE,
                  clock.now().plus(Duration.ofSeconds(1)),
                  cancellation));
      asked.await();
      clock.advance(Duration.ofSeconds(1));
      assertThat(failure.get()).isInstanceOf(HttpFailure.class);
    }
  }

  @Nested
  class ADeadline {
    @Test
    void that_has_passed_sends_nothing() throws Exception {
      RawServer server = serve(RawServer.answering("late"));
      HttpResult result = client.send(post(server), HttpTimeouts.WHOLE, clock.now(), cancellation);
      assertThat(result).isInstanceOf(HttpFailure.class);
      assertThat(((HttpFailure) result).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
      assertThat(((HttpFailure) result).sent()).isFalse();
      assertThat(server.accepted()).isZero();
    }

    @Test
    void stops_an_answer_that_drips() throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            while (true) {
              peer.send("drip");
              clock.advance(Duration.ofSeconds(1));
            }
          });
      HttpResult result =
          client.send(
              post(server),
              HttpTimeouts.WHOLE,
              clock.now().plus(Duration.ofMinutes(15)),
              cancellation);
      HttpFailure failure = broken((HttpResponse) result);
      assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }
  }
}
