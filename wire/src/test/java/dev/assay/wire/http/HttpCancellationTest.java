package dev.assay.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.outcome.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpCancellationTest extends ScriptedHttpTest {
  private final CountDownLatch stalled = new CountDownLatch(1);

  private Future<HttpFailure> stall(String sent, HttpTimeouts timeouts) throws Exception {
    RawServer server =
        serve(peer -> {
          peer.request();
          peer.send(sent);
          peer.stall(stalled);
        });
    Future<HttpFailure> failure =
        tasks.submit(() ->
            switch (send(post(server), timeouts)) {
              case HttpFailure early -> early;
              case HttpResponse response -> broken(response);
            });
    stalled.await();
    return failure;
  }

  @ParameterizedTest
  @EnumSource(
      value = CancellationReason.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "CLIENT_GONE")
  void while_waiting_for_the_head_ends_the_exchange(CancellationReason reason) throws Exception {
    Future<HttpFailure> failure = stall("", HttpTimeouts.WHOLE);
    cancellation.cancel(reason);
    assertThat(failure.get().code()).isEqualTo(reason.code());
  }

  @Test
  void in_the_body_ends_the_exchange() throws Exception {
    Future<HttpFailure> failure =
        stall("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", HttpTimeouts.WHOLE);
    cancellation.cancel(CancellationReason.LOST);
    assertThat(failure.get().code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(failure.get().sent()).isTrue();
  }

  @Test
  void beforehand_sends_nothing() throws Exception {
    RawServer server = serve(RawServer.answering("never"));
    cancellation.cancel(CancellationReason.CAP);
    HttpFailure failure = fail(post(server));
    assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(failure.sent()).isFalse();
    assertThat(server.accepted()).isZero();
  }

  @Test
  void because_the_client_has_gone_lets_a_stream_run_on_for_half_a_minute() throws Exception {
    Future<HttpFailure> failure =
        stall("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", HttpTimeouts.STREAM);
    cancellation.cancel(CancellationReason.CLIENT_GONE);
    clock.advance(Duration.ofSeconds(29));
    assertThat(failure.isDone()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(failure.get().code()).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void because_the_client_has_gone_lets_a_whole_answer_run_to_its_end() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    RawServer server =
        serve(peer -> {
          peer.request();
          peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nan");
          gone.await();
          peer.send("d.");
        });
    HttpResponse response = respond(post(server));
    cancellation.cancel(CancellationReason.CLIENT_GONE);
    clock.advance(Duration.ofSeconds(31));
    gone.countDown();
    assertThat(whole(response)).isEqualTo("and.");
  }

  @Test
  void after_the_end_touches_nothing() throws Exception {
    RawServer server = serve(RawServer.answering("hello"));
    Cancellation first = new Cancellation();
    HttpResponse response =
        (HttpResponse) client.send(post(server), HttpTimeouts.WHOLE, clock.now().plus(LONG), first);
    assertThat(whole(response)).isEqualTo("hello");
    first.cancel(CancellationReason.LOST);
    assertThat(text(post(server))).isEqualTo("hello");
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void of_the_thread_ends_the_exchange_and_spoils_no_kept_connection() throws Exception {
    RawServer server = serve(RawServer.answering("hello"));
    assertThat(text(post(server))).isEqualTo("hello");
    Thread.currentThread().interrupt();
    HttpFailure failure = fail(post(server));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(failure.sent()).isFalse();
    assertThat(text(post(server))).isEqualTo("hello");
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void of_a_waiting_thread_ends_the_exchange() throws Exception {
    RawServer server =
        serve(peer -> {
          peer.request();
          peer.stall(stalled);
        });
    AtomicReference<HttpFailure> failure = new AtomicReference<>();
    Thread waiting = Thread.ofVirtual().start(() -> failure.set(fail(post(server))));
    stalled.await();
    waiting.interrupt();
    waiting.join();
    assertThat(failure.get().code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(failure.get().sent()).isTrue();
  }
}
