package dev.assay.testkit.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.bytes.Bytes;
import dev.assay.testkit.LiveThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ScriptedUpstreamTest {
  private static final String POST =
      "POST /v1/chat?x=1&y HTTP/1.1\r\nhost: h\r\nX-Key:  k \r\ncontent-length: 5\r\n\r\nhello";
  private static final Reply OK = Reply.json(200, "{\"ok\":true}");

  private LiveThreads threads;
  private ScriptedUpstream upstream;

  @BeforeEach
  void start() {
    threads = LiveThreads.now();
    upstream = ScriptedUpstream.start();
  }

  @AfterEach
  void leaveNothingBehind() {
    upstream.close();
    threads.assertNoneLeft();
  }

  @Nested
  class Remembering {
    @Test
    void whatTheClientWrote() throws IOException {
      upstream.then(OK);
      exchange(POST);
      Received request = upstream.last();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.path()).isEqualTo("/v1/chat");
      assertThat(request.query()).contains("x=1&y");
      assertThat(request.header("x-key")).contains("k");
      assertThat(request.headerNames()).containsExactly("host", "x-key", "content-length");
      assertThat(request.body()).isEqualTo(Bytes.utf8("hello"));
      assertThat(request.text()).contains("X-Key: k").endsWith("hello");
    }

    @Test
    void aBodyInChunks() throws IOException {
      upstream.then(OK);
      exchange(
          "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
      assertThat(upstream.last().body()).isEqualTo(Bytes.utf8("hello"));
    }

    @Test
    void howManyRequestsCameOverHowManyConnections() throws IOException {
      upstream.then(OK, OK);
      try (Socket socket = connect()) {
        write(socket, POST);
        socket.getInputStream().readNBytes(OK.length());
        write(socket, POST);
        socket.getInputStream().readNBytes(OK.length());
        assertThat(upstream.requests()).isEqualTo(2);
        assertThat(upstream.accepted()).isEqualTo(1);
        assertThat(upstream.open()).isEqualTo(1);
      }
      upstream.awaitClosed();
      assertThat(upstream.departures()).isZero();
    }
  }

  @Nested
  class Replying {
    @Test
    void inOnePieceWithItsLength() throws IOException {
      upstream.then(OK.header("x-request-id", "r1").status(429).thenClose());
      assertThat(exchange(POST))
          .isEqualTo(
              """
              HTTP/1.1 429 Scripted\r
              content-type: application/json\r
              x-request-id: r1\r
              content-length: 11\r
              \r
              {"ok":true}\
              """);
    }

    @Test
    void inChunks() throws IOException {
      upstream.then(Reply.events("data: 1\n\n", "data: 2\n\n").splitEvery(1).thenClose());
      assertThat(exchange(POST))
          .endsWith("\r\n\r\n9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\n");
    }

    @Test
    void untilTheConnectionIsClosed() throws IOException {
      upstream.then(OK.untilClose());
      assertThat(exchange(POST)).contains("connection: close").endsWith("{\"ok\":true}");
    }

    @Test
    void withBytesThatAreNoHttp() throws IOException {
      upstream.then(Reply.raw(Bytes.utf8("SSH-2.0-hello")));
      assertThat(exchange(POST)).isEqualTo("SSH-2.0-hello");
    }

    @Test
    void byTheRequestWhenTheScriptIsPlayed() throws IOException {
      upstream.otherwise(request -> Reply.json(200, request.body().utf8()).thenClose());
      assertThat(exchange(POST)).endsWith("hello");
    }

    @Test
    void withTenMegabytes() throws IOException {
      upstream.then(Reply.json(200, "x".repeat(10_000_000)).thenClose());
      assertThat(exchange(POST)).hasSizeGreaterThan(10_000_000);
    }
  }

  @Nested
  class Misbehaving {
    @Test
    void closesAtAnyByte() throws IOException {
      for (int offset = 0; offset < OK.length(); offset++) {
        upstream.then(OK.at(offset, new Happening.Close()));
        assertThat(exchange(POST)).hasSize(offset);
      }
    }

    @Test
    void resetsTheConnection() throws IOException {
      upstream.then(OK.at(20, new Happening.Reset()));
      try (Socket socket = connect()) {
        write(socket, POST);
        assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
            .isInstanceOf(SocketException.class);
      }
    }

    @Test
    void stallsUntilTheClientLeaves() throws IOException {
      upstream.then(OK.at(OK.headLength(), new Happening.Stall()));
      try (Socket socket = connect()) {
        write(socket, POST);
        assertThat(socket.getInputStream().readNBytes(OK.headLength())).hasSize(OK.headLength());
        assertThat(upstream.departures()).isZero();
      }
      upstream.awaitDepartures(1);
    }

    @Test
    void waitsAtAGate() throws IOException {
      Gate gate = new Gate();
      Reply events = Reply.events("data: 1\n\n", "data: 2\n\n");
      upstream.then(events.before(1, new Happening.Hold(gate)).thenClose());
      try (Socket socket = connect()) {
        write(socket, POST);
        gate.awaitReached();
        int before = events.pieceOffset(1);
        assertThat(socket.getInputStream().readNBytes(before)).hasSize(before);
        gate.open();
        assertThat(socket.getInputStream().readAllBytes()).hasSize(events.length() - before);
      }
    }

    @Test
    void pausesBetweenEvents() throws IOException {
      Reply events = Reply.events("data: 1\n\n", "data: 2\n\n");
      upstream.then(events.paced(Duration.ofMillis(1)).thenClose());
      assertThat(exchange(POST)).hasSize(events.length());
    }

    @Test
    void refusesConnections() {
      URI nobody = ScriptedUpstream.refusing();
      assertThatThrownBy(
              () -> new Socket(InetAddress.getLoopbackAddress(), nobody.getPort()).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void complainsOfRequestsThatHadNoReply() throws IOException {
    try (ScriptedUpstream other = ScriptedUpstream.start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), other.uri().getPort())) {
      write(socket, POST);
      assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 500");
      assertThatThrownBy(other::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("POST /v1/chat");
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), upstream.uri().getPort());
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      write(socket, request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static void write(Socket socket, String request) throws IOException {
    OutputStream output = socket.getOutputStream();
    output.write(request.getBytes(StandardCharsets.ISO_8859_1));
    output.flush();
  }
}
