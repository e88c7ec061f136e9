package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallPage;
import dev.assay.core.store.CallQuery;
import dev.assay.core.store.CallRow;
import dev.assay.core.store.CallSummary;
import dev.assay.core.store.StoredAttempt;
import dev.assay.core.store.StoredCall;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Money;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.web.RawClient;
import dev.assay.web.RawResponse;
import dev.assay.web.TestServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingDoorsTest {
  private static final UUID ID = UUID.fromString("01970000-0000-7000-8000-000000000001");
  private static final Cost COST = new Cost.Known(Money.ofDollars(new BigDecimal("0.00002775")));

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawResponse get(String target) throws IOException {
    try (RawClient client = server.connect()) {
      return client.ask(RawClient.get(target));
    }
  }

  @Nested
  class EveryDoor {
    static final String[] PATHS = {
      "/v1/models", "/v1/models/sim/small", "/api/calls", "/api/stats", "/health/live"
    };

    @ParameterizedTest
    @FieldSource("PATHS")
    void mayBeNamedWithASlashBehindIt(String path) throws IOException {
      assertThat(get(path + "/").status()).isEqualTo(200);
      assertThat(get(path + "/").body()).isEqualTo(get(path).body());
    }

    @ParameterizedTest
    @FieldSource("PATHS")
    void tellsOnlyItsHeadersToAHead(String path) throws IOException {
      RawResponse whole = get(path);
      try (RawClient client = server.connect()) {
        client.send(RawClient.get(path).replace("GET", "HEAD"));
        RawResponse head = client.head();

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).contains("application/json");
        assertThat(head.header("content-length")).isEqualTo(whole.header("content-length"));
        // The next answer follows at once.
        assertThat(client.ask(RawClient.get(path)).body()).isEqualTo(whole.body());
      }
    }

    @Test
    void sendsNoBodyOfAnErrorToAHead() throws IOException {
      try (RawClient client = server.connect()) {
        for (String path : new String[] {"/nowhere", "/v1/chat/completions", "/v1/models/no"}) {
          client.send(RawClient.get(path).replace("GET", "HEAD"));
          assertThat(client.head().status()).isBetween(404, 405);
        }
        assertThat(client.ask(RawClient.get("/health/live")).status()).isEqualTo(200);
      }
    }

    @Test
    void ignoresAQueryThatAsksForNothing() throws IOException {
      assertThat(get("/v1/models?").status()).isEqualTo(200);
      assertThat(get("/v1/models?limit=5").status()).isEqualTo(200);
      assertThat(get("/health/ready?x=1&&=").status()).isEqualTo(200);
      assertThat(get("/api/calls?").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"/api/calls?run=%zz", "/api/stats?model=%", "/api/calls?&=x", "/api/calls?run"})
    void refusesAQueryThatCannotBeRead(String target) throws IOException {
      RawResponse response = get(target);

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).contains("\"code\":\"invalid_request\"");
    }
  }

  @Nested
  class Models {
    @Test
    void areListedWithTheAliases() throws IOException {
      assertThat(get("/v1/models").body())
          .startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"panel\"")
          .contains("\"id\":\"openai/gpt-4o-mini\",\"object\":\"model\",\"created\":1700000000")
          .contains("\"id\":\"sim/small\"")
          .contains("\"simulated\":true");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "openai/gpt-4o-mini",
          "openai%2Fgpt-4o-mini",
          "openai%2fgpt-4o-mini",
          "gpt-4o-mini"
        })
    void areFoundByNameWithAPlainOrAnEncodedSlash(String name) throws IOException {
      RawResponse response = get("/v1/models/" + name);

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).contains("\"id\":\"openai/gpt-4o-mini\"");
    }

    @Test
    void areFoundByABareNameAtTheDoorsOwnProviderFirst() throws IOException {
      assertThat(get("/v1/models/shared").body()).contains("\"id\":\"openai/shared\"");
      assertThat(get("/v1/models/llama3:8b").body()).contains("\"id\":\"ollama/llama3:8b\"");
      assertThat(get("/v1/models/panel").body()).contains("\"target\":\"sim/small\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "azure/x", "%zz", "/"})
    void areNotFoundOtherwise(String name) throws IOException {
      RawResponse response = get("/v1/models/" + name);

      assertThat(response.status()).isEqualTo(404);
      assertThat(response.body()).contains("\"code\":\"model_not_found\"");
    }
  }

  @Nested
  class Calls {
    @Test
    void areListedAPageAtATime() throws IOException {
      server.calls().page(new CallPage(List.of(row()), Optional.of(ID)));

      RawResponse response = get("/api/calls");

      assertThat(response.body())
          .startsWith("{\"calls\":[{\"id\":\"" + ID + "\",\"parent_id\":null")
          .contains("\"tokens_json\":{\"input\":1,\"cache_read\":2,\"cache_write_5m\":3")
          .contains("\"total\":15,\"provenance\":\"reported\"")
          .contains("\"cost_usd\":0.00002775,\"cost_basis\":\"known\"")
          .contains("\"latency_ms\":1.5,\"ttft_ms\":null")
          .endsWith("],\"next\":\"" + ID + "\"}");
      assertThat(server.calls().queries())
          .containsExactly(new CallQuery(CallFilter.ALL, 100, Optional.empty()));
    }

    @Test
    void areFiltered() throws IOException {
      get(
          "/api/calls?provider=openai&model=openai%2Fm&status=failed&kind=provider&principal=local"
              + "&parent="
              + ID
              + "&run=r&group=g%20h&since=2026-11-21T08:00:00Z"
              + "&until=2026-11-21T10:00:00%2B01:00&limit=7&before="
              + ID);

      assertThat(server.calls().queries())
          .containsExactly(
              new CallQuery(
                  new CallFilter(
                      Optional.of("openai"),
                      Optional.of("openai/m"),
                      Optional.of(CallStatus.FAILED),
                      Optional.of(CallKind.PROVIDER),
                      Optional.of("local"),
                      Optional.of(ID),
                      Optional.of("r"),
                      Optional.of("g h"),
                      Optional.of(Instant.parse("2026-11-21T08:00:00Z")),
                      Optional.of(Instant.parse("2026-11-21T09:00:00Z"))),
                  7,
                  Optional.of(ID)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "limit=0",
          "limit=1001",
          "limit=x",
          "status=sad",
          "kind=odd",
          "since=yesterday",
          "parent=1-1-1-1-1",
          "before=x",
          "colour=red",
          "run=a&run=b",
          "group="
        })
    void areNotFilteredByWhatIsNotUnderstood(String query) throws IOException {
      RawResponse response = get("/api/calls?" + query);

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body())
          .contains("\"param\":\"" + query.substring(0, query.indexOf('=')) + "\"");
      assertThat(server.calls().queries()).isEmpty();
    }

    @Test
    void areShownWhole() throws IOException {
      server
          .calls()
          .call(
              new StoredCall(
                  row(),
                  Optional.of("{\"q\": 1}"),
                  Optional.empty(),
                  Optional.of("{\"code\":\"rate_limited\"}"),
                  Optional.of("{}"),
                  List.of(attempt())));

      RawResponse response = get("/api/calls/" + ID);

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body())
          .contains("\"request_json\":{\"q\": 1},\"response_json\":null")
          .contains("\"error_json\":{\"code\":\"rate_limited\"},\"metadata_json\":{}")
          .contains("\"call_attempts\":[{\"number\":1,\"role\":\"try\"")
          .contains("\"http_status\":429,\"error_code\":\"rate_limited\"")
          .contains("\"cost_usd\":null,\"cost_basis\":\"unknown\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01970000-0000-7000-8000-000000000002", "1", "/", "a/b"})
    void areNotFoundOtherwise(String id) throws IOException {
      assertThat(get("/api/calls/" + id).status()).isEqualTo(404);
    }
  }

  @Nested
  class Stats {
    @Test
    void haveTheNamesThatScriptsKnow() throws IOException {
      CallSummary.Totals totals =
          new CallSummary.Totals(
              9,
              4,
              1,
              2,
              3,
              4,
              5,
              1,
              1,
              2,
              Money.ofDollars(new BigDecimal("1.25")),
              2,
              Map.of("success", 8L, "failed", 1L),
              Map.of("rate_limited", 1L),
              Optional.of(new CallSummary.Latency(10.5, 9, 20, 30)));
      server
          .calls()
          .summary(
              new CallSummary(
                  totals,
                  List.of(new CallSummary.ModelTotals("openai", "m", totals)),
                  Optional.of(Instant.parse("2026-11-21T08:00:00Z")),
                  Optional.empty()));

      String body = get("/api/stats?provider=openai").body();

      assertThat(body)
          .startsWith(
              "{\"call_count\":9,\"total_tokens\":15,\"estimated_cost_usd\":1.25,"
                  + "\"avg_latency_ms\":10.5,\"p50_latency_ms\":9.0")
          .contains("\"tokens\":{\"input\":1", "\"input_audio\":1,\"output_audio\":2}")
          .contains("\"unknown_cost_count\":2,\"simulated_count\":4")
          .contains("\"failures\":{\"rate_limited\":1}")
          .contains("\"since\":\"2026-11-21T08:00:00Z\",\"until\":null,\"resolution\":\"hour\"")
          .contains("\"models\":[{\"provider\":\"openai\",\"model\":\"m\",\"call_count\":9");
    }

    @Test
    void ofThePastTwoDaysAreByTheMinute() throws IOException {
      String recent = Instant.now().minus(Duration.ofHours(1)).toString();

      assertThat(get("/api/stats?since=" + recent).body()).contains("\"resolution\":\"minute\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parent", "run", "group", "limit"})
    void areNotChosenByWhatTotalsDoNotKnow(String name) throws IOException {
      RawResponse response = get("/api/stats?" + name + "=x");

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).contains("\"param\":\"" + name + "\"");
    }
  }

  @Nested
  class Health {
    @Test
    void isLiveAndReady() throws IOException {
      assertThat(get("/health/live").status()).isEqualTo(200);
      RawResponse ready = get("/health/ready");
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.body()).contains("\"refused_unrecorded\":{\"cross_site\":0");
    }

    @Test
    void isNotReadyWhileTheLedgerCannotBeWritten() throws IOException {
      server.recorder().admit(false);

      RawResponse ready = get("/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).contains("ledger");
      assertThat(get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void isNotReadyWhenTheProgramIsNot() throws IOException {
      server.unready("the ledger is being checked");

      assertThat(get("/health/ready").body()).contains("the ledger is being checked");
    }
  }

  private static CallRow row() {
    return new CallRow(
        ID,
        Optional.empty(),
        Optional.of("r"),
        Optional.empty(),
        CallKind.PROVIDER,
        "local",
        Optional.empty(),
        Optional.empty(),
        "openai",
        "m",
        "text",
        CallStatus.SUCCESS,
        Delivered.YES,
        Optional.empty(),
        Optional.of(Duration.ofNanos(1_500_000)),
        Optional.empty(),
        new Usage(1, 2, 3, 4, 5, 1, Provenance.REPORTED),
        COST,
        Optional.of("p"),
        false,
        Optional.of(1),
        "w",
        3,
        Instant.parse("2026-11-21T08:00:00Z"));
  }

  private static StoredAttempt attempt() {
    return new StoredAttempt(
        1,
        "try",
        "openai",
        "m",
        Optional.of("api.test:443"),
        Optional.of(429),
        Optional.of("rate_limited"),
        Optional.empty(),
        Duration.ZERO,
        Duration.ofMillis(2),
        Usage.ABSENT,
        Cost.unknown(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Instant.parse("2026-11-21T08:00:00Z"));
  }
}
