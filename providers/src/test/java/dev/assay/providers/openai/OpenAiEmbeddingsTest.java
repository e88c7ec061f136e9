package dev.assay.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.Principal;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import dev.assay.testkit.contract.ProviderRig;
import dev.assay.testkit.upstream.Received;
import dev.assay.testkit.upstream.Reply;
import dev.assay.wire.embeddings.EmbeddingsRead;
import dev.assay.wire.embeddings.EmbeddingsRequestReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Embeddings from a server that speaks OpenAI's API. */
class OpenAiEmbeddingsTest {
  private static final EmbeddingRequest TWO =
      new EmbeddingRequest("e-1", List.of("a", "b"), Optional.empty(), Optional.empty());
  private static final String BODY =
      "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,1]},"
          + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[1,0]}],\"model\":\"e-1-v2\","
          + "\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}";

  private final ProviderRig rig = new ProviderRig(OpenAiDialect.INSTANCE);

  @AfterEach
  void close() {
    rig.close();
  }

  private Outcome ask(EmbeddingRequest request) {
    CallContext context =
        new CallContext(
            new UUID(1, 2),
            CallContext.Attachment.NONE,
            Principal.LOCAL,
            rig.clock().now().plusSeconds(60),
            new Cancellation(),
            new AttemptBudget(1, 1),
            Map.of());
    return rig.adapter().answer(request, context, Sink.discarding());
  }

  @Test
  void come_with_model_usage_and_exchange() {
    rig.upstream().then(Reply.json(200, BODY).header("x-request-id", "req-1"));
    Answer answer = (Answer) ask(TWO);

    assertThat(answer.parts())
        .containsExactly(
            new Part.Embedding(Vector.of(0.5f, 1)), new Part.Embedding(Vector.of(1, 0)));
    assertThat(answer.details().model()).isEqualTo("e-1-v2");
    assertThat(answer.details().usage()).isEqualTo(Usage.reported(7, 0));
    assertThat(answer.details().attempts())
        .singleElement()
        .satisfies(attempt -> {
          assertThat(attempt.providerRequestId()).contains("req-1");
          assertThat(attempt.httpStatus()).contains(200);
        });
    assertThat(answer.details().exchange().orElseThrow().format())
        .isEqualTo(WireFormat.OPENAI_EMBEDDINGS);
    Received sent = rig.upstream().last();
    assertThat(sent.target()).endsWith("/embeddings");
    assertThat(sent.header("authorization")).contains("Bearer " + ProviderRig.KEY);
    assertThat(sent.body().utf8()).isEqualTo("{\"model\":\"e-1\",\"input\":[\"a\",\"b\"]}");
  }

  @Test
  void are_asked_for_in_the_clients_own_words() {
    rig.upstream().then(Reply.json(200, BODY));
    Bytes body =
        Bytes.utf8(
            "{ \"input\" : [\"a\",\"b\"], \"model\":\"e-1\", \"encoding_format\":\"base64\","
                + " \"x\":[1.10] }");
    EmbeddingRequest request =
        ((EmbeddingsRead.Valid) EmbeddingsRequestReader.read(body, Map.of(), Optional.of("v=1")))
            .request();
    ask(request);
    assertThat(rig.upstream().last().body()).isEqualTo(body);
    assertThat(rig.upstream().last().target()).endsWith("/embeddings?v=1");
  }

  @ParameterizedTest
  @CsvSource({
    "401, PROVIDER_AUTHENTICATION",
    "404, PROVIDER_MODEL_NOT_FOUND",
    "429, RATE_LIMITED",
    "500, PROVIDER_ERROR",
    "400, PROVIDER_REJECTED"
  })
  void fail_as_the_provider_says(int status, ErrorCode code) {
    rig.upstream()
        .then(
            Reply.json(
                status,
                "{\"error\":{\"message\":\"no\",\"type\":\"t\",\"code\":\"model_not_found\"}}"));
    Failure failure = (Failure) ask(TWO);
    if (status != 400) {
      assertThat(failure.code()).isEqualTo(code);
    }
    assertThat(failure.provider().orElseThrow().message()).contains("no");
    assertThat(failure.details().usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void are_malformed_when_one_is_missing() {
    rig.upstream().then(Reply.json(200, "{\"data\":[{\"embedding\":[1]}]}"));
    Failure failure = (Failure) ask(TWO);
    assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_RESPONSE);
    assertThat(failure.message()).contains("1 vectors for 2 texts");
    assertThat(failure.details().usage()).isEqualTo(Usage.ABSENT);
  }

  @Test
  void survive_any_split_of_the_response() {
    for (int length = 1; length <= 64; length *= 4) {
      rig.upstream().then(Reply.json(200, BODY).chunked().splitEvery(length));
      assertThat(((Answer) ask(TWO)).parts()).hasSize(2);
    }
  }
}
