package dev.assay.app.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.assay.app.RunningAssay;
import dev.assay.core.bytes.Bytes;
import dev.assay.testkit.upstream.ScriptedUpstream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each bad request: its status and body in the API's own shape, and its record. No key of a known
 * provider is set.
 */
class BadInputTest {
  private static final int HEAD = 4_096;
  private static final String HELLO =
      "{\"model\":\"sim/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private static RunningAssay program;
  private static Ledger ledger;

  @BeforeAll
  static void start() {
    URI nobody = ScriptedUpstream.refusing();
    program =
        RunningAssay.start(
            Map.of(),
            """
            providers:
              one: {base-url: "%s/v1", models: [twin]}
              two: {base-url: "%s/v1", models: [twin]}
            """
                .formatted(nobody, nobody));
    ledger = new Ledger(program.uri());
  }

  @AfterAll
  static void stop() {
    ledger.close();
    program.close();
  }

  /** The member {@code error} of a body in OpenAI's shape. */
  private static JsonNode error(RawRequest.Response response) {
    assertThat(response.headers()).containsEntry("content-type", "application/json");
    JsonNode body = JsonMapper.shared().readTree(response.body());
    assertThat(body.propertyNames()).containsExactly("error");
    assertThat(body.path("error").propertyNames())
        .containsExactlyInAnyOrder("message", "type", "param", "code");
    return body.path("error");
  }

  private static JsonNode refused(BadInput bad) {
    RawRequest.Response response = bad.request().send(program.uri());

    assertThat(response.status()).isEqualTo(bad.status());
    JsonNode error = error(response);
    assertThat(error.path("code").asString()).isEqualTo(bad.code());
    assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
    assertThat(error.path("param").isNull() ? null : error.path("param").asString())
        .isEqualTo(bad.field());
    assertThat(error.path("message").asString()).contains(bad.remedy()).endsWith(".");
    assertThat(response.headers()).containsEntry("x-should-retry", "false");
    JsonNode call = ledger.call(response.headers().get("x-assay-call-id"));
    assertThat(call.path("kind").asString()).isEqualTo("refused");
    assertThat(call.path("status").asString()).isEqualTo("refused");
    assertThat(call.path("error_code").asString()).isEqualTo(bad.code());
    assertThat(call.path("delivered").asString()).isEqualTo("yes");
    assertThat(call.path("attempts").intValue()).isZero();
    assertThat(call.path("cost_usd").decimalValue()).isZero();
    assertThat(call.path("response_json").isNull()).isTrue();
    assertThat(call.path("error_json").toString()).contains(bad.code());
    return call;
  }

  @ParameterizedTest
  @MethodSource("dev.assay.app.e2e.client.BadInput#bodies")
  void aBodyThatIsNoRequestIsRefusedAndItsRecordTellsWhatItWas(BadInput bad) {
    JsonNode kept = refused(bad).at("/request_json/refused");

    assertThat(kept.path("length").intValue()).isEqualTo(bad.request().body().length());
  }

  @ParameterizedTest
  @MethodSource("dev.assay.app.e2e.client.BadInput#fields")
  void aWrongFieldIsNamed(BadInput bad) {
    JsonNode kept = refused(bad).at("/request_json/refused");

    assertThat(kept.path("sha256").asString()).isEqualTo(digest(bad.request().body()));
    assertThat(kept.path("head").asString()).isEqualTo(bad.request().body().utf8());
  }

  @ParameterizedTest
  @MethodSource("dev.assay.app.e2e.client.BadInput#attachments")
  void aWrongHeaderIsNamed(BadInput bad) {
    JsonNode kept = refused(bad).at("/request_json/refused");

    assertThat(kept.path("sha256").asString()).isEqualTo(digest(bad.request().body()));
  }

  @ParameterizedTest
  @MethodSource("dev.assay.app.e2e.client.BadInput#models")
  void aModelThatCannotBeAskedIsNamedWithWhatIsMissing(BadInput bad) {
    JsonNode call = refused(bad);

    assertThat(call.path("request_json").path("messages").size()).isEqualTo(1);
  }

  @Test
  void ofALongBodyThatIsRefusedTheBeginningIsKept() {
    String body = "{\"x\":\"" + "a".repeat(2 * HEAD) + "\"}";

    JsonNode kept =
        refused(
                new BadInput(
                    "long",
                    RawRequest.chat(body),
                    400,
                    "invalid_request",
                    "model",
                    "give the name of a model"))
            .at("/request_json/refused");

    assertThat(kept.path("length").intValue()).isEqualTo(body.length());
    assertThat(kept.path("sha256").asString()).isEqualTo(digest(Bytes.utf8(body)));
    assertThat(kept.path("head").asString()).isEqualTo(body.substring(0, HEAD));
  }

  // What a page in a browser can send to this host, directly or by a name that it rebinds.
  static final List<RawRequest> FOREIGN =
      List.of(
          RawRequest.chat(HELLO).adding("origin: https://evil.example"),
          RawRequest.chat(HELLO).adding("origin: null"),
          RawRequest.chat(HELLO).adding("origin: http://localhost:3000"),
          RawRequest.chat(HELLO).adding("sec-fetch-site: cross-site"),
          RawRequest.chat(HELLO).adding("sec-fetch-site: same-site"),
          RawRequest.chat(HELLO).with("host: evil.example"),
          RawRequest.chat(HELLO).with("host: localhost.evil.example:8420"),
          RawRequest.chat(HELLO).with("host: 127.0.0.1.evil.example"),
          RawRequest.chat(HELLO).adding("x-forwarded-for: 10.0.0.1"),
          RawRequest.chat(HELLO).adding("forwarded: for=10.0.0.1"),
          RawRequest.get("/api/calls").with("host: evil.example"),
          RawRequest.get("/v1/models").adding("sec-fetch-site: cross-site"));

  @ParameterizedTest
  @FieldSource("FOREIGN")
  void aRequestFromTheWebIsRefusedAndOnlyCounted(RawRequest request) {
    assertNotRecorded(request, 403, "forbidden", "permission_error");
  }

  // Nobody knows for which host they are, and what stands in between may have taken the other one.
  static final List<RawRequest> WITHOUT_ONE_HOST =
      List.of(
          RawRequest.chat(HELLO).without("host"),
          RawRequest.chat(HELLO).adding("host: evil.example"),
          RawRequest.chat(HELLO)
              .adding("host: evil.example")
              .adding("x-assay-run: a")
              .adding("x-assay-run: b"),
          RawRequest.get("/api/calls").adding("host: evil.example").adding("origin: null"));

  @ParameterizedTest
  @FieldSource("WITHOUT_ONE_HOST")
  void aRequestWithoutExactlyOneHostIsMalformed(RawRequest request) {
    assertNotRecorded(request, 400, "invalid_request", "invalid_request_error");
  }

  static Stream<Arguments> unrecorded() {
    return Stream.of(
        arguments("cross_site", FOREIGN.getFirst()),
        arguments("malformed", WITHOUT_ONE_HOST.getLast()),
        arguments("malformed", RawRequest.get("/").adding("x: " + "x".repeat(1 << 20))),
        arguments("not_found", RawRequest.get("/v2/models")),
        arguments("method_not_allowed", RawRequest.get("/v1/chat/completions")));
  }

  @ParameterizedTest
  @MethodSource("unrecorded")
  void whatIsNotRecordedIsCounted(String name, RawRequest request) {
    long before = refused(name);

    request.send(program.uri());

    assertThat(refused(name)).isEqualTo(before + 1);
  }

  private static long refused(String name) {
    String health = RawRequest.get("/health/ready").send(program.uri()).body();
    JsonNode counters = JsonMapper.shared().readTree(health).path("refused_unrecorded");
    return counters.path(name).longValueOpt().orElseThrow();
  }

  @Test
  void aPathThatTakesAnotherMethodSaysWhich() {
    assertThat(
            assertNotRecorded(
                RawRequest.get("/v1/chat/completions"),
                405,
                "method_not_allowed",
                "invalid_request_error"))
        .containsEntry("allow", "POST");
    assertThat(
            assertNotRecorded(
                RawRequest.chat(HELLO).to("POST", "/v1/models"),
                405,
                "method_not_allowed",
                "invalid_request_error"))
        .containsEntry("allow", "GET, HEAD");
  }

  @Test
  void aPathThatNobodyKnowsIsNoCall() {
    assertNotRecorded(
        RawRequest.chat(HELLO).to("POST", "/v1/chat"), 404, "not_found", "invalid_request_error");
    assertNotRecorded(RawRequest.get("/v2/models"), 404, "not_found", "invalid_request_error");
  }

  @Test
  void aGoodRequestStillPasses() {
    RawRequest.Response response = RawRequest.chat(HELLO).send(program.uri());

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("x-assay-simulated", "true");
    assertThat(ledger.call(response.headers().get("x-assay-call-id")).path("status").asString())
        .isEqualTo("success");
  }

  private static Map<String, String> assertNotRecorded(
      RawRequest request, int status, String code, String type) {
    JsonNode before = ledger.newest();

    RawRequest.Response response = request.send(program.uri());

    assertThat(response.status()).isEqualTo(status);
    JsonNode error = error(response);
    assertThat(error.path("code").asString()).isEqualTo(code);
    assertThat(error.path("type").asString()).isEqualTo(type);
    assertThat(error.path("message").asString()).isNotBlank();
    assertThat(response.headers()).doesNotContainKey("x-assay-call-id");
    assertThat(response.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(ledger.newest().path("id")).isEqualTo(before.path("id"));
    return response.headers();
  }

  private static String digest(Bytes body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      body.update(digest);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
