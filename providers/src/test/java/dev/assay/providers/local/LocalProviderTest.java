package dev.assay.providers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.AttemptBudget;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.CancellationReason;
import dev.assay.core.model.Principal;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.time.Clock;
import dev.assay.core.usage.Cost;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import dev.assay.wire.embeddings.EmbeddingsRead;
import dev.assay.wire.embeddings.EmbeddingsRequestReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The model in process, with its real weights. */
class LocalProviderTest {
  /**
   * How far eight-bit weights may move a cosine from the published one, which is of the full
   * weights.
   */
  private static final double TOLERANCE = 0.03;

  // The libraries stay loaded until the process ends.
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path natives;

  private static LocalProvider provider;

  private final Cancellation cancellation = new Cancellation();

  @BeforeAll
  static void open() {
    provider = new LocalProvider(new LocalSettings(natives, 2), Clock.system());
  }

  private Outcome ask(EmbeddingRequest request) {
    CallContext context =
        new CallContext(
            new UUID(1, 2),
            CallContext.Attachment.NONE,
            Principal.LOCAL,
            Clock.system().now().plusSeconds(60),
            cancellation,
            new AttemptBudget(1, 1),
            Map.of());
    return provider.answer(request, context, Sink.discarding());
  }

  private Answer embed(String... texts) {
    return (Answer) ask(request(texts));
  }

  private static EmbeddingRequest request(String... texts) {
    return new EmbeddingRequest(
        LocalProvider.MODEL, List.of(texts), Optional.empty(), Optional.empty());
  }

  @Test
  void whatItDoesNotKnowIsRefused() {
    Bytes body =
        Bytes.utf8("{\"model\":\"all-minilm-l6-v2\",\"input\":\"a\",\"input_type\":\"query\"}");
    EmbeddingRequest request =
        ((EmbeddingsRead.Valid) EmbeddingsRequestReader.read(body, Map.of(), Optional.empty()))
            .request();
    Failure failure = (Failure) ask(request);
    assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED_REQUEST);
    assertThat(failure.field()).contains("input_type");
  }

  private static List<Vector> vectors(Answer answer) {
    return answer.parts().stream().map(part -> ((Part.Embedding) part).vector()).toList();
  }

  /** The pairs and values of the quick start of sentence-transformers. */
  @Test
  void gives_the_cosines_that_are_published_for_its_model() {
    List<Vector> vectors =
        vectors(
            embed(
                "The weather is lovely today.",
                "It's so sunny outside!",
                "He drove to the stadium."));

    assertThat(vectors.get(0).cosine(vectors.get(1))).isCloseTo(0.6660, within(TOLERANCE));
    assertThat(vectors.get(0).cosine(vectors.get(2))).isCloseTo(0.1046, within(TOLERANCE));
    assertThat(vectors.get(1).cosine(vectors.get(2))).isCloseTo(0.1411, within(TOLERANCE));
    assertThat(vectors)
        .allSatisfy(vector -> {
          assertThat(vector.dimension()).isEqualTo(384);
          assertThat(vector.norm()).isCloseTo(1, within(1e-6));
        });
  }

  @Test
  void gives_the_same_vector_bit_for_bit_alone_and_among_others() {
    Vector alone = vectors(embed("Straße und Café, 東京 ☃")).getFirst();
    List<String> many = new ArrayList<>(Collections.nCopies(20, "something else entirely"));
    many.set(13, "Straße und Café, 東京 ☃");

    assertThat(vectors(embed(many.toArray(String[]::new))).get(13)).isEqualTo(alone);
  }

  @Test
  void counts_by_its_own_tokenizer_and_costs_nothing() {
    Answer answer = embed("unaffable", "hi");

    // [CLS] una ##ffa ##ble [SEP], [CLS] hi [SEP]
    assertThat(answer.details().usage()).isEqualTo(Usage.reported(8, 0));
    assertThat(answer.details().cost()).isEqualTo(Cost.free());
    assertThat(answer.details().simulated()).isFalse();
    assertThat(answer.details().attempts()).hasSize(1);
  }

  @Test
  void embeds_the_beginning_of_a_text_that_is_too_long_and_says_so() {
    String longest = "word ".repeat(254).strip();
    Answer fits = embed(longest);
    Answer cut = embed("short", longest + " and more that is left out");

    assertThat(fits.details().warnings()).isEmpty();
    assertThat(fits.details().usage().input()).isEqualTo(256);
    assertThat(cut.details().warnings())
        .containsExactly("input: of 1 text only the first 256 tokens were embedded");
    assertThat(vectors(cut).get(1)).isEqualTo(vectors(fits).getFirst());
  }

  @Test
  void keeps_its_native_libraries_in_the_folder_that_it_is_given() throws Exception {
    embed("hi");
    try (Stream<Path> files = Files.walk(natives)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(2);
    }
  }

  @Test
  void refuses_what_the_model_cannot_do() {
    assertThat(ask(new EmbeddingRequest("other", List.of("a"), Optional.empty(), Optional.empty())))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_MODEL_NOT_FOUND));
    assertThat(
            ask(
                new EmbeddingRequest(
                    LocalProvider.MODEL, List.of("a"), Optional.of(256), Optional.empty())))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.field()).contains("dimensions"));
  }

  @Test
  void ends_when_the_call_is_no_longer_wanted() {
    cancellation.cancel(CancellationReason.DECIDED);
    assertThat(ask(request("a")))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED));
  }
}
