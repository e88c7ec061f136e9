package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.store.CallRecord;
import dev.assay.core.vector.Vector;
import dev.assay.web.Outcomes;
import dev.assay.web.RawClient;
import dev.assay.web.RawResponse;
import dev.assay.web.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsDoorTest {
  private final List<EmbeddingRequest> asked = new ArrayList<>();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
    server
        .model()
        .embeds(request -> {
          asked.add(request);
          return Outcomes.embedding(Vector.of(0.5f, -2), Vector.of(1, 0.25f));
        });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawResponse ask(String path, String body) throws IOException {
    try (RawClient client = server.connect()) {
      return client.ask(RawClient.post(path, body, ""));
    }
  }

  private RawResponse embed(String body) throws IOException {
    return ask("/v1/embeddings", body);
  }

  @Test
  void vectors_are_numbers_unless_base64_is_asked_for() throws IOException {
    RawResponse numbers = embed("{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"dimensions\":2}");
    RawResponse base64 =
        embed("{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\"}");

    assertThat(numbers.status()).isEqualTo(200);
    assertThat(numbers.body())
        .contains("\"object\":\"list\"", "\"embedding\":[0.5,-2.0]", "\"embedding\":[1.0,0.25]");
    // Little-endian: 0000003F 000000C0 and 0000803F 0000803E.
    assertThat(base64.body())
        .contains("\"embedding\":\"AAAAPwAAAMA=\"", "\"embedding\":\"AACAPwAAgD4=\"");
    assertThat(asked.getFirst().texts()).containsExactly("a", "b");
    assertThat(asked.getFirst().dimensions()).contains(2);
    assertThat(asked.getLast().dimensions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"m\"}                                              | input",
        "{\"input\":\"a\"}                                              | model",
        "{\"model\":\"m\",\"input\":[]}                                 | input",
        "{\"model\":\"m\",\"input\":[1,2]}                              | input",
        "{\"model\":\"m\",\"input\":[[1,2]]}                            | input",
        "{\"model\":\"m\",\"input\":[\"a\",\" \"]}                      | input[1]",
        "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":0}             | dimensions",
        "{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"hex\"}  | encoding_format",
      })
  void bad_input_names_the_field_and_is_recorded_as_of_an_embedding(String body, String field)
      throws IOException {
    RawResponse response = embed(body);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"param\":\"" + field + "\"", "\"type\":\"invalid_request_error\"");
    assertThat(asked).isEmpty();
    CallRecord refused = server.recorder().calls().getFirst();
    assertThat(refused.modality()).isEqualTo("embedding");
  }

  @Test
  void a_refused_count_of_tokens_is_recorded_as_one() throws IOException {
    assertThat(ask("/v1/messages/count_tokens", "{}").status()).isEqualTo(400);

    assertThat(server.recorder().calls().getFirst().modality()).isEqualTo("token_count");
  }

  @Test
  void a_failure_is_told_in_the_shape_of_the_api() throws IOException {
    server
        .model()
        .embeds(request -> Outcomes.failure(ErrorCode.RATE_LIMITED, RetryDecision.never()));

    RawResponse response = embed("{\"model\":\"m\",\"input\":\"a\"}");

    assertThat(response.status()).isEqualTo(429);
    assertThat(response.body()).startsWith("{\"error\":{\"message\":").contains("\"rate_limited\"");
    assertThat(response.header("x-assay-call-id")).isNotEqualTo(Optional.empty());
  }
}
