package dev.assay.gateway.embedding;

import static dev.assay.gateway.embedding.EmbeddingBench.request;
import static dev.assay.gateway.embedding.EmbeddingBench.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.testkit.MemoryEmbeddings;
import dev.assay.wire.embeddings.EmbeddingsRead;
import dev.assay.wire.embeddings.EmbeddingsRequestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Under which keys vectors are kept. */
class EmbeddingKeysTest {
  private static EmbeddingRequest read(String more) {
    Bytes body = Bytes.utf8("{\"model\":\"m\",\"input\":\"a\"" + more + "}");
    return ((EmbeddingsRead.Valid) EmbeddingsRequestReader.read(body, Map.of(), Optional.empty()))
        .request();
  }

  private static List<Bytes> keys(EmbeddingRequest request) {
    return new EmbeddingKeys("p", request, new MemoryEmbeddings()).texts();
  }

  @Test
  void are_the_same_for_what_makes_no_difference() {
    List<Bytes> plain = keys(request("a"));
    for (String more :
        List.of(
            "",
            ",\"user\":\"u\"",
            ",\"encoding_format\":\"float\"",
            ",\"encoding_format\":null",
            ",\"metadata\":{\"a\":\"b\"}",
            ",\"assay\":{\"group\":\"g\"}")) {
      assertThat(keys(read(more))).as(more).isEqualTo(plain);
    }
    assertThat(keys(read(",\"x\":{\"a\":1,\"b\":[2]}")))
        .isEqualTo(keys(read(", \"x\" : { \"b\":[ 2 ],\"a\":1 }")));
  }

  @Test
  void differ_with_everything_else() {
    List<List<Bytes>> all = new ArrayList<>();
    all.add(keys(request("b")));
    all.add(keys(request("a").withModel("other")));
    all.add(new EmbeddingKeys("q", request("a"), new MemoryEmbeddings()).texts());
    for (String more :
        List.of(
            "",
            ",\"dimensions\":8",
            ",\"encoding_format\":\"base64\"",
            ",\"input_type\":\"query\"",
            ",\"input_type\":\"passage\"")) {
      all.add(keys(read(more)));
    }
    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void are_not_made_of_a_body_that_says_two_things() throws Exception {
    run(
        1,
        bench -> {
          Outcome outcome =
              bench.model.answer(
                  read(",\"x\":{\"a\":1,\"a\":2}"), bench.context(), Sink.discarding());
          assertThat(((Failure) outcome).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
          assertThat(bench.provider.asked).isEmpty();
        });
  }
}
