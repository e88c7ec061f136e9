package dev.assay.web.api;

import static dev.assay.web.api.ApiErrors.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.web.RawClient;
import dev.assay.web.RawResponse;
import dev.assay.web.TestServer;
import dev.assay.wire.format.ApiError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
  private static final String GOOD = "{\"model\":\"m\"," + MESSAGES + "}";
  private static final String TOO_LARGE = Integer.toString((20 << 20) + 1);

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /**
   * A bad request and what becomes of it.
   *
   * @param name what is wrong
   * @param request the bytes, one a character
   * @param status the answer's status
   * @param code the error's code
   * @param field what the error blames
   * @param stays whether the connection stays open
   */
  record Bad(
      String name, String request, int status, String code, Optional<String> field, boolean stays) {
    static Bad body(String name, String body, String field) {
      return new Bad(
          name,
          RawClient.chat(body, ""),
          400,
          "invalid_request",
          Optional.of(field).filter(text -> !text.isEmpty()),
          true);
    }

    static Bad header(String name, String line, String field) {
      return new Bad(
          name,
          RawClient.chat(GOOD, line + "\r\n"),
          400,
          "invalid_request",
          Optional.of(field),
          true);
    }

    static Bad assay(String name, String members, String field) {
      return body(
          name, GOOD.replace("{\"model\"", "{\"assay\":{" + members + "},\"model\""), field);
    }

    static Bad type(String name, String from, String to, String field) {
      return new Bad(
          name,
          RawClient.chat(GOOD, "").replace(from, to),
          415,
          "unsupported_media_type",
          Optional.of(field),
          true);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Bad> recorded() {
    return Stream.of(bodies(), members(), headers(), sizes()).flatMap(bad -> bad);
  }

  private static Stream<Bad> bodies() {
    return Stream.of(
        Bad.body("an open brace", "{", ""),
        Bad.body("no JSON", "hello", ""),
        Bad.body("nothing", "", ""),
        Bad.body("an array", "[]", ""),
        Bad.body("more than one value", GOOD + GOOD, ""),
        Bad.body("a member twice", "{\"model\":\"m\",\"model\":\"n\"," + MESSAGES + "}", "model"),
        Bad.body("too deep", "{\"x\":" + "[".repeat(2000) + "]".repeat(2000) + "}", ""),
        new Bad(
            "no UTF-8",
            RawClient.chat(GOOD.replace("hi", "hi"), "").replace("hi", "\u00e9\u00ff"),
            400,
            "invalid_request",
            Optional.empty(),
            true),
        Bad.type("no content type", "Content-Type: application/json\r\n", "", "content-type"),
        Bad.type("a form", "application/json", "application/x-www-form-urlencoded", "content-type"),
        Bad.type("plain text", "application/json", "text/plain", "content-type"),
        Bad.type("a longer name", "application/json", "application/json2", "content-type"),
        Bad.type(
            "a compressed body",
            "Content-Length",
            "Content-Encoding: gzip\r\nContent-Length",
            "content-encoding"));
  }

  private static Stream<Bad> members() {
    return Stream.of(
        Bad.body("no model", "{" + MESSAGES + "}", "model"),
        Bad.body("a blank model", "{\"model\":\" \"," + MESSAGES + "}", "model"),
        Bad.body("a model that is a number", "{\"model\":1," + MESSAGES + "}", "model"),
        Bad.body("no messages", "{\"model\":\"m\"}", "messages"),
        Bad.body("messages that are text", "{\"model\":\"m\",\"messages\":\"hi\"}", "messages"),
        Bad.body("empty messages", "{\"model\":\"m\",\"messages\":[]}", "messages"),
        Bad.body(
            "an unknown role",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"boss\",\"content\":\"hi\"}]}",
            "messages[0].role"),
        Bad.body("a temperature in words", with("\"temperature\":\"warm\""), "temperature"),
        Bad.body("no choices", with("\"n\":0"), "n"),
        Bad.body("a stream that is text", with("\"stream\":\"yes\""), "stream"),
        Bad.body(
            "stream options without a stream",
            with("\"stream_options\":{\"include_usage\":true}"),
            "stream_options"),
        Bad.body("an attachment that is text", with("\"assay\":\"g\""), "assay"));
  }

  private static String with(String member) {
    return GOOD.replace("{\"model\"", "{" + member + ",\"model\"");
  }

  private static Stream<Bad> headers() {
    return Stream.of(
        Bad.header("metadata without JSON", "x-assay-metadata: a=b", "x-assay-metadata"),
        Bad.header("metadata that is a list", "x-assay-metadata: [1]", "x-assay-metadata"),
        Bad.header("metadata twice in one", "x-assay-metadata: {} {}", "x-assay-metadata"),
        Bad.header("deep metadata", "x-assay-metadata: {\"a\":{\"b\":1}}", "x-assay-metadata"),
        Bad.header("null metadata", "x-assay-metadata: {\"a\":null}", "x-assay-metadata"),
        Bad.header("the ledger's key", "x-assay-metadata: {\"assay\":1}", "x-assay-metadata"),
        Bad.header("a key twice", "x-assay-metadata: {\"a\":1,\"a\":2}", "x-assay-metadata"),
        Bad.header("a raw accent", "x-assay-metadata: {\"a\":\"\u00e9\"}", "x-assay-metadata"),
        Bad.header("a parent in words", "x-assay-parent: mother", "x-assay-parent"),
        Bad.header("a step without a run", "x-assay-step: s", "x-assay-step"),
        Bad.header("an empty group", "x-assay-group: ", "x-assay-group"),
        Bad.header("an unknown header", "x-assay-gruop: g", "x-assay-gruop"),
        Bad.header("a control character", "x-assay-run: a\u0001b", "x-assay-run"),
        Bad.header("a beta in another alphabet", "OpenAI-Beta: \u00e9", "openai-beta"),
        Bad.header("a header twice", "x-assay-run: a\r\nx-assay-run: b", "x-assay-run"),
        Bad.assay("an unknown member", "\"gruop\":\"g\"", "assay.gruop"),
        Bad.assay("a run with a line break", "\"run\":\"a\\nb\"", "assay.run"),
        Bad.assay("a run that is a number", "\"run\":1", "assay.run"),
        Bad.assay("a member twice", "\"run\":\"a\",\"run\":\"b\"", "assay.run"),
        Bad.assay("metadata that is text", "\"metadata\":\"m\"", "assay.metadata"),
        new Bad(
            "a run in both places",
            RawClient.chat(with("\"assay\":{\"run\":\"a\"}"), "x-assay-run: a\r\n"),
            400,
            "invalid_request",
            Optional.of("assay.run"),
            true));
  }

  private static Stream<Bad> sizes() {
    String chunked =
        RawClient.chat("", "").replace("Content-Length: 0", "Transfer-Encoding: chunked");
    return Stream.of(
        new Bad(
            "a length beyond the limit",
            RawClient.chat("", "").replace("Length: 0", "Length: " + TOO_LARGE),
            413,
            "request_too_large",
            Optional.empty(),
            false),
        new Bad(
            "a chunk beyond the limit",
            chunked + "1400001\r\n" + " ".repeat(21 << 20),
            413,
            "request_too_large",
            Optional.empty(),
            false),
        new Bad(
            "chunks beyond the limit",
            chunked + ("100000\r\n" + " ".repeat(1 << 20) + "\r\n").repeat(21),
            413,
            "request_too_large",
            Optional.empty(),
            false),
        new Bad(
            "a chunk without a length",
            chunked + "zz\r\n\r\n",
            400,
            "invalid_request",
            Optional.empty(),
            false));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void isAnsweredInTheApisShapeAndRecordedAsRefused(Bad bad) throws IOException {
    try (RawClient client = server.connect()) {
      RawResponse response =
          client.send(bad.request().getBytes(StandardCharsets.ISO_8859_1)).read();

      assertThat(response.status()).isEqualTo(bad.status());
      ApiError error = error(response);
      assertThat(error.code()).contains(bad.code());
      assertThat(error.param()).isEqualTo(bad.field());
      assertThat(error.type()).contains("invalid_request_error");
      assertThat(response.header("x-should-retry")).contains("false");
      assertRecorded(response, bad);
      if (bad.stays()) {
        assertThat(client.ask(RawClient.chat(GOOD, "")).status()).isEqualTo(200);
      } else {
        assertThat(response.header("connection")).contains("close");
      }
    }
  }

  private void assertRecorded(RawResponse response, Bad bad) {
    UUID id = UUID.fromString(response.header("x-assay-call-id").orElseThrow());
    CallRecord record = server.recorder().find(id).orElseThrow();
    assertThat(record.outcome().status()).isEqualTo(CallStatus.REFUSED);
    assertThat(record.delivered()).isEqualTo(Delivered.YES);
    assertThat(record.request().utf8()).startsWith("{\"refused\":{");
    assertThat(server.model().asked()).isEmpty();
    if (bad.stays()) {
      assertThat(record.request().utf8()).contains("\"sha256\":\"").contains("\"head\":\"");
    }
  }

  static Stream<Bad> foreign() {
    return Stream.of(
        refused("another page", "Origin: http://evil.test"),
        refused("a page in a sandbox", "Origin: null"),
        refused("a page on another port", "Origin: http://localhost:3000"),
        refused("a secure page", "Origin: https://localhost"),
        refused("a cross-site request", "Sec-Fetch-Site: cross-site"),
        refused("a same-site request", "Sec-Fetch-Site: same-site"),
        refused("a forwarded request", "X-Forwarded-For: 10.0.0.1"),
        refused("a request of a proxy", "Forwarded: for=10.0.0.1"),
        refused("two origins", "Origin: http://localhost\r\nOrigin: http://evil.test"),
        host("a rebound name", "evil.test"),
        host("a name that begins well", "localhost.evil.test"),
        host("an address that begins well", "127.0.0.1.evil.test"),
        host("an address with a letter", "127.0.0.x"),
        host("an address that is too long", "127.0.0.1.1"),
        host("an address beyond a byte", "127.0.0.256"),
        host("another address", "192.168.0.1:8420"),
        host("a port that is none", "localhost:80x"),
        host("a user", "localhost@evil.test"),
        host("nothing", ""));
  }

  private static Bad refused(String name, String line) {
    return new Bad(
        name, RawClient.chat(GOOD, line + "\r\n"), 403, "forbidden", Optional.empty(), false);
  }

  private static Bad host(String name, String host) {
    return new Bad(
        name,
        RawClient.chat(GOOD, "").replace("Host: localhost", "Host: " + host),
        403,
        "forbidden",
        Optional.empty(),
        false);
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void fromTheWebIsRefusedAndOnlyCounted(Bad bad) throws IOException {
    try (RawClient client = server.connect()) {
      RawResponse response = client.ask(bad.request());

      assertThat(response.status()).isEqualTo(403);
      assertThat(error(response).code()).contains("forbidden");
      assertThat(response.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
      assertThat(client.closed()).isTrue();
    }
    assertThat(server.recorder().calls()).isEmpty();
    assertThat(server.model().asked()).isEmpty();
    assertThat(server.server().counters().of(Unrecorded.CROSS_SITE)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost\r\nHost: evil.test\r\n",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nhost: evil.test\r\nContent-Type: application/json\r\n",
        "Host: localhost\r\nHost: evil.test\r\nx-assay-run: a\r\nx-assay-run: b\r\n",
        "x-assay-run: a\r\nx-assay-run: b\r\nHost: localhost\r\nHost: evil.test\r\n",
        "Host: localhost\r\nHost: evil.test\r\nAuthorization: a\r\nAuthorization: b\r\n",
        ""
      })
  void withoutExactlyOneHostIsMalformed(String lines) throws IOException {
    try (RawClient client = server.connect()) {
      RawResponse response =
          client.ask(RawClient.chat(GOOD, "").replace("Host: localhost\r\n", lines));

      assertThat(response.status()).isEqualTo(400);
      assertThat(error(response).code()).contains("invalid_request");
      assertThat(error(response).param()).contains("host");
      assertThat(client.closed()).isTrue();
    }
    assertThat(server.recorder().calls()).isEmpty();
    assertThat(server.model().asked()).isEmpty();
    assertThat(server.server().counters().of(Unrecorded.MALFORMED)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-assay-run", "content-type", "authorization", "content-encoding"})
  void aDoubledHeaderIsNamed(String name) throws IOException {
    String value = name.equals("content-type") ? "application/json" : "identity";
    String line = name + ": " + value + "\r\n";
    try (RawClient client = server.connect()) {
      RawResponse response =
          client.ask(
              RawClient.chat(GOOD, line + line)
                  .replace("Content-Type: application/json\r\n", "")
                  .replaceFirst("Host", "Content-Type: application/json\r\nHost"));

      assertThat(response.status()).isEqualTo(400);
      assertThat(error(response).message()).contains("The header " + name + " must be sent once.");
    }
  }

  @ParameterizedTest
  @MethodSource("local")
  void fromThisHostIsLetIn(String host, String line) throws IOException {
    try (RawClient client = server.connect()) {
      String request = RawClient.chat(GOOD, line).replace("Host: localhost", "Host: " + host);

      assertThat(client.ask(request).status()).isEqualTo(200);
    }
  }

  static Stream<Object[]> local() {
    return Stream.of(
        new Object[] {"localhost", ""},
        new Object[] {"LOCALHOST:1", ""},
        new Object[] {"127.0.0.1:8420", ""},
        new Object[] {"127.255.0.9", ""},
        new Object[] {"[::1]", ""},
        new Object[] {"[::1]:8420", ""},
        new Object[] {"Assay.test:80", ""},
        new Object[] {"localhost:8420", "Origin: http://localhost:8420\r\n"},
        new Object[] {"localhost", "Sec-Fetch-Site: same-origin\r\n"},
        new Object[] {"localhost", "Sec-Fetch-Site: none\r\n"});
  }

  @Nested
  class WithoutADoor {
    @Test
    void anUnknownPathIsNotFoundAndNotRecorded() throws IOException {
      try (RawClient client = server.connect()) {
        RawResponse response = client.ask(RawClient.get("/v1/completions"));
        assertThat(response.status()).isEqualTo(404);
        assertThat(error(response).code()).contains("not_found");
      }
      assertThat(server.recorder().calls()).isEmpty();
      assertThat(server.server().counters().of(Unrecorded.NOT_FOUND)).isEqualTo(1);
    }

    @Test
    void anotherMethodIsNotAllowedAndNoPageIsInvited() throws IOException {
      try (RawClient client = server.connect()) {
        String preflight = RawClient.get("/v1/chat/completions").replace("GET", "OPTIONS");
        RawResponse response = client.ask(preflight);
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("allow")).contains("POST");
        assertThat(response.headers().keySet())
            .noneMatch(name -> name.startsWith("access-control"));
        assertThat(error(response).code()).contains("method_not_allowed");
        assertThat(error(response).type()).contains("invalid_request_error");
      }
      assertThat(server.server().counters().of(Unrecorded.METHOD_NOT_ALLOWED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/v1/models",
          "/v1/models/sim/small",
          "/api/calls",
          "/api/stats",
          "/health/live",
          "/health/ready"
        })
    void aPathThatIsReadSaysSo(String path) throws IOException {
      try (RawClient client = server.connect()) {
        RawResponse response = client.ask(RawClient.get(path).replace("GET", "DELETE"));
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("allow")).contains("GET, HEAD");
        assertThat(error(response).code()).contains("method_not_allowed");
        assertThat(error(response).message().orElseThrow()).contains("GET, HEAD");
      }
    }

    @Test
    void aBodyThatNobodyReadsIsNeverTakenForARequest() throws IOException {
      String hidden = RawClient.chat(GOOD, "");
      for (String outer :
          new String[] {
            RawClient.chat(hidden, "Origin: http://evil.test\r\n"),
            RawClient.chat(hidden, "").replace("/v1/chat/completions", "/nowhere"),
            RawClient.chat(hidden, "").replace("POST /v1/chat/completions", "GET /v1/models")
          }) {
        try (RawClient client = server.connect()) {
          client.ask(outer);
          assertThat(client.closed()).isTrue();
        }
      }
      assertThat(server.model().asked()).isEmpty();
    }
  }

  @Nested
  class ARefusal {
    @Test
    void isWithheldWhenItCannotBeRecorded() throws IOException {
      server.recorder().become(Durability.LOST);
      try (RawClient client = server.connect()) {
        RawResponse response = client.ask(RawClient.chat("{", ""));
        assertThat(response.status()).isEqualTo(503);
        assertThat(error(response).code()).contains("ledger_unavailable");
        assertThat(response.header("x-assay-call-id")).isEmpty();
      }
      assertThat(server.server().counters().of(Unrecorded.LEDGER_UNAVAILABLE)).isEqualTo(1);
    }

    @Test
    void keepsTheHeadOfTheBodyWithKnownSecretsMasked() throws IOException {
      String body = "{" + TestServer.SECRET + "x".repeat(5000);
      try (RawClient client = server.connect()) {
        client.ask(RawClient.chat(body, ""));
      }
      String kept = server.recorder().calls().getFirst().request().utf8();
      assertThat(kept)
          .contains("\"length\":" + body.length())
          .contains("\"head\":\"{[secret]xxx")
          .doesNotContain(TestServer.SECRET);
      assertThat(kept.length()).isLessThan(4400);
    }
  }
}
