package dev.assay.wire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseTest extends ScriptedHttpTest {
  @Nested
  class AResponse {
    @Test
    void has_its_status_headers_and_body() throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send("HTTP/1.1 429 Slow down\r\nX-Request-Id: r1\r\nRetry-After: 3\r\n");
            peer.send("Content-Length: 5\r\n\r\nhello");
            peer.stall();
          });
      try (HttpResponse response = respond(post(server))) {
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.header("retry-after")).contains("3");
        assertThat(response.headers())
            .containsEntry("x-request-id", "r1")
            .containsEntry("content-length", "5");
        assertThat(whole(response)).isEqualTo("hello");
      }
    }

    @Test
    void may_be_chunked_or_end_with_the_connection_or_be_empty() throws Exception {
      RawServer chunked =
          serve(peer -> {
            while (peer.request().isPresent()) {
              peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              peer.send("5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: t\r\n\r\n");
            }
          });
      RawServer closing =
          serve(peer -> {
            peer.request();
            peer.send("HTTP/1.0 200 OK\r\n\r\nuntil the end");
          });
      RawServer empty =
          serve(peer -> {
            while (peer.request().isPresent()) {
              peer.send("HTTP/1.1 204 No Content\r\n\r\n");
            }
          });
      assertThat(text(post(chunked))).isEqualTo("hello!");
      assertThat(text(post(closing))).isEqualTo("until the end");
      assertThat(text(post(empty))).isEmpty();
      assertThat(text(post(chunked)) + text(post(empty))).isEqualTo("hello!");
      assertThat(chunked.accepted() + empty.accepted()).isEqualTo(2);
    }

    @Test
    void follows_interim_responses() throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n");
            peer.send(RawServer.ok("done"));
          });
      assertThat(text(post(server))).isEqualTo("done");
    }

    @Test
    void that_redirects_is_not_followed() throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send("HTTP/1.1 302 Found\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n");
            peer.stall();
          });
      try (HttpResponse response = respond(post(server))) {
        assertThat(response.status()).isEqualTo(302);
      }
      assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void of_ten_megabytes_arrives_whole() throws Exception {
      String large = "x".repeat(10_000_000);
      RawServer server = serve(RawServer.answering(large));
      assertThat(text(post(server)).length()).isEqualTo(large.length());
      assertThat(text(post(server)).length()).isEqualTo(large.length());
      assertThat(server.accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10", "Transfer-Encoding: chunked"})
    void larger_than_the_limit_is_a_failure(String framing) throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
            peer.send(framing.startsWith("C") ? "0123456789" : "a\r\n0123456789\r\n0\r\n\r\n");
            peer.stall();
          });
      BodyRead read = respond(post(server)).readAll(9);
      assertThat(read).isInstanceOf(BodyRead.Broken.class);
      BodyRead.Broken broken = (BodyRead.Broken) read;
      assertThat(broken.failure().code()).isEqualTo(ErrorCode.RESPONSE_TOO_LARGE);
      assertThat(broken.received().utf8()).isEqualTo("012345678");
    }

    @Test
    void of_exactly_the_limit_is_taken() throws Exception {
      RawServer server = serve(RawServer.answering("0123456789"));
      BodyRead read = respond(post(server)).readAll(10);
      assertThat(read).isEqualTo(new BodyRead.Whole(Bytes.utf8("0123456789")));
    }

    @Test
    void gives_its_bytes_as_they_arrive() throws Exception {
      CountDownLatch[] read = {new CountDownLatch(1), new CountDownLatch(1)};
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
            read[0].await();
            peer.send("3\r\ntwo\r\n");
            read[1].await();
            peer.send("0\r\n\r\n");
            peer.stall();
          });
      try (HttpResponse response = respond(post(server))) {
        byte[] buffer = new byte[100];
        InputStream body = response.body();
        assertThat(new String(buffer, 0, body.read(buffer), UTF_8)).isEqualTo("one");
        read[0].countDown();
        assertThat(new String(buffer, 0, body.read(buffer), UTF_8)).isEqualTo("two");
        read[1].countDown();
        assertThat(body.read(buffer)).isEqualTo(-1);
        assertThat(body.read()).isEqualTo(-1);
        assertThat(response.failure()).isEmpty();
      }
    }

    @Test
    void that_comes_before_the_whole_request_was_read_is_given() throws Exception {
      RawServer server =
          serve(peer -> {
            peer.send("HTTP/1.1 413 Too large\r\nContent-Length: 2\r\n\r\nno");
            peer.stall();
          });
      try (HttpResponse response = respond(post(server, "x".repeat(1_000_000)))) {
        assertThat(response.status()).isEqualTo(413);
        assertThat(whole(response)).isEqualTo("no");
      }
    }

    @Test
    void cannot_be_read_after_it_was_closed() throws Exception {
      RawServer server = serve(RawServer.answering("hello"));
      HttpResponse response = respond(post(server));
      response.close();
      assertThatThrownBy(() -> response.body().read()).isInstanceOf(IOException.class);
    }
  }

  @Nested
  class ARequest {
    @Test
    void carries_what_it_was_given_and_nothing_that_surprises() throws Exception {
      AtomicReference<String> seen = new AtomicReference<>("");
      RawServer server =
          serve(peer -> {
            seen.set(peer.request().orElseThrow());
            peer.send(RawServer.ok(""));
          });
      text(post(server, "{\"a\":1}"));
      assertThat(seen.get()).startsWith("POST /v1/chat/completions HTTP/1.1\r\n");
      assertThat(seen.get()).endsWith("\r\n\r\n{\"a\":1}");
      assertThat(seen.get().lines().skip(1).takeWhile(line -> !line.isEmpty()))
          .containsExactlyInAnyOrder(
              "Host: localhost:" + server.endpoint().port(),
              "authorization: Bearer key",
              "content-type: application/json",
              "Content-Length: 7");
    }

    @Test
    void may_have_no_body() throws Exception {
      AtomicReference<String> seen = new AtomicReference<>("");
      RawServer server =
          serve(peer -> {
            seen.set(peer.request().orElseThrow());
            peer.send(RawServer.ok("list"));
          });
      assertThat(text(HttpRequest.get(server.endpoint(), "/v1/models?a=b", Map.of())))
          .isEqualTo("list");
      assertThat(seen.get()).startsWith("GET /v1/models?a=b HTTP/1.1\r\n");
      assertThat(seen.get()).doesNotContain("Content-Length");
    }

    @Test
    void cannot_smuggle_a_header_in_a_value() throws Exception {
      AtomicReference<String> seen = new AtomicReference<>("");
      RawServer server =
          serve(peer -> {
            seen.set(peer.request().orElseThrow());
            peer.send(RawServer.ok(""));
          });
      text(HttpRequest.get(server.endpoint(), "/", Map.of("a", "b\r\nevil: yes")));
      assertThat(seen.get().lines()).noneMatch(line -> line.startsWith("evil"));
    }
  }
}
