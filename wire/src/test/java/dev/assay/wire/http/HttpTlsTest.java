package dev.assay.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.CancellationReason;
import dev.assay.core.outcome.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTlsTest extends ScriptedHttpTest {
  private static TestCertificate certificate;
  private static TestCertificate ofAnotherName;

  @BeforeAll
  static void makeCertificates(@TempDir Path folder) throws Exception {
    certificate = new TestCertificate(folder, "localhost");
    ofAnotherName = new TestCertificate(folder, "elsewhere.example");
  }

  private RawServer serveTls(TestCertificate certificate, RawServer.Script script)
      throws Exception {
    RawServer server = RawServer.overTls(certificate.identity(), script);
    return closing(server);
  }

  private void trusting(TestCertificate certificate) throws Exception {
    client.close();
    client = HttpClient.open(new HttpSettings(8, LONG, Optional.of(certificate.trust())), clock);
  }

  @Test
  void a_trusted_server_is_asked_and_its_connection_is_kept() throws Exception {
    RawServer server = serveTls(certificate, RawServer.answering("x".repeat(100_000)));
    trusting(certificate);
    assertThat(text(post(server)).length()).isEqualTo(100_000);
    assertThat(text(post(server, "y".repeat(100_000))).length()).isEqualTo(100_000);
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void a_server_that_closed_its_idle_connection_is_asked_over_a_new_one() throws Exception {
    RawServer server =
        serveTls(
            certificate,
            peer -> {
              peer.request();
              peer.send(RawServer.ok("once"));
            });
    trusting(certificate);
    assertThat(text(post(server)) + text(post(server)) + text(post(server)))
        .isEqualTo("onceonceonce");
    assertThat(server.accepted()).isEqualTo(3);
  }

  @Test
  void an_untrusted_server_is_not_asked() throws Exception {
    RawServer server = serveTls(certificate, RawServer.answering("no"));
    HttpFailure failure = fail(post(server));
    assertThat(failure.code()).isEqualTo(ErrorCode.CONNECT_FAILED);
    assertThat(failure.message()).contains("certificate");
    assertThat(failure.sent()).isFalse();
    assertThat(server.requests()).isZero();
  }

  @Test
  void a_server_with_another_name_is_not_asked() throws Exception {
    RawServer server = serveTls(ofAnotherName, RawServer.answering("no"));
    trusting(ofAnotherName);
    assertThat(fail(post(server)).code()).isEqualTo(ErrorCode.CONNECT_FAILED);
    assertThat(server.requests()).isZero();
  }

  @Test
  void an_answer_can_be_cancelled_in_the_middle() throws Exception {
    CountDownLatch stalled = new CountDownLatch(1);
    RawServer server =
        serveTls(
            certificate,
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              peer.stall(stalled);
            });
    trusting(certificate);
    HttpResponse response = respond(post(server));
    Future<HttpFailure> read = tasks.submit(() -> broken(response));
    stalled.await();
    cancellation.cancel(CancellationReason.DECIDED);
    assertThat(read.get().code()).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void a_handshake_that_stalls_is_a_connect_timeout() throws Exception {
    CountDownLatch stalled = new CountDownLatch(1);
    RawServer server = serve(peer -> peer.stall(stalled));
    Endpoint endpoint = new Endpoint(true, "localhost", server.endpoint().port());
    Future<HttpFailure> failure =
        tasks.submit(() -> fail(HttpRequest.get(endpoint, "/", Map.of())));
    stalled.await();
    clock.advance(Duration.ofSeconds(10));
    assertThat(failure.get().code()).isEqualTo(ErrorCode.CONNECT_TIMEOUT);
    assertThat(failure.get().sent()).isFalse();
  }

  @Test
  void a_handshake_can_be_cancelled() throws Exception {
    CountDownLatch stalled = new CountDownLatch(1);
    RawServer server = serve(peer -> peer.stall(stalled));
    Endpoint endpoint = new Endpoint(true, "localhost", server.endpoint().port());
    Future<HttpFailure> failure =
        tasks.submit(() -> fail(HttpRequest.get(endpoint, "/", Map.of())));
    stalled.await();
    cancellation.cancel(CancellationReason.LOST);
    assertThat(failure.get().code()).isEqualTo(ErrorCode.CANCELLED);
  }
}
