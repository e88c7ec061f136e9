package dev.assay.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.outcome.ErrorCode;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBrokenAnswerTest extends ScriptedHttpTest {
  @Nested
  class AnAnswerThatBreaks {
    private HttpFailure cut(String sent) throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send(sent);
          });
      HttpResult result = send(post(server));
      return switch (result) {
        case HttpFailure failure -> failure;
        case HttpResponse response -> broken(response);
      };
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "HT",
          "HTTP/1.1 200 OK",
          "HTTP/1.1 200 OK\r\nContent-Len",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
        })
    void because_it_is_cut_is_a_lost_connection(String sent) throws Exception {
      HttpFailure failure = cut(sent);
      assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(failure.sent()).isTrue();
      assertThat(failure.message()).contains("localhost:");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "this is not http\r\n\r\n",
          "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n",
          "HTTP/1.1 abc OK\r\n\r\n",
          "HTTP/1.1 101 Switching Protocols\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n",
        })
    void because_it_is_not_http_is_malformed(String sent) throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send(sent);
            peer.stall();
          });
      HttpFailure failure =
          switch (send(post(server))) {
            case HttpFailure early -> early;
            case HttpResponse response -> broken(response);
          };
      assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
      assertThat(failure.sent()).isTrue();
    }

    @Test
    void because_its_head_never_ends_is_malformed() throws Exception {
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\n");
            while (true) {
              peer.send("X-More: and more\r\n");
            }
          });
      assertThat(fail(post(server)).code()).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
    }

    @Test
    void because_the_connection_is_reset_keeps_what_arrived() throws Exception {
      CountDownLatch read = new CountDownLatch(1);
      RawServer server =
          serve(peer -> {
            peer.request();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            read.await();
            peer.resetOnClose();
          });
      HttpResponse response = respond(post(server));
      assertThat(response.body().read()).isEqualTo('h');
      read.countDown();
      BodyRead.Broken broken = (BodyRead.Broken) response.readAll(LIMIT);
      assertThat(broken.failure().code()).isEqualTo(ErrorCode.CONNECTION_LOST);
      assertThat(response.failure()).contains(broken.failure());
    }
  }

  @Nested
  class AConnectionThatCannotBeMade {
    @Test
    void fails_and_nothing_was_sent() throws Exception {
      int unused;
      try (ServerSocket socket = new ServerSocket(0)) {
        unused = socket.getLocalPort();
      }
      HttpFailure failure =
          fail(HttpRequest.get(new Endpoint(false, "localhost", unused), "/", Map.of()));
      assertThat(failure.code()).isEqualTo(ErrorCode.CONNECT_FAILED);
      assertThat(failure.sent()).isFalse();
    }

    @Test
    void because_nobody_has_the_name_says_so() {
      HttpFailure failure =
          fail(HttpRequest.get(new Endpoint(false, "no-such-host.invalid", 80), "/", Map.of()));
      assertThat(failure.code()).isEqualTo(ErrorCode.CONNECT_FAILED);
      assertThat(failure.message()).contains("no-such-host.invalid:80", "host name");
    }
  }
}
