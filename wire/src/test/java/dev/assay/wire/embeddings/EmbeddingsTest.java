package dev.assay.wire.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.outcome.Timings;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import dev.assay.wire.format.AnswerRead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's Embeddings, as they are read and written. */
class EmbeddingsTest {
  private static final Vector VECTOR = Vector.of(0.1f, -1, 1 / 3f);
  private static final String BASE64 = "zczMPQAAgL+rqqo+";

  private static EmbeddingsRead read(String body) {
    return EmbeddingsRequestReader.read(Bytes.utf8(body), Map.of(), Optional.empty());
  }

  private static EmbeddingsRead.Valid valid(String body) {
    return (EmbeddingsRead.Valid) read(body);
  }

  @Nested
  class A_request {
    @Test
    void has_its_texts_without_nul_and_surrounding_white_space() {
      EmbeddingsRead.Valid one = valid("{\"model\":\"m\",\"input\":\" a\\u0000b \\n\"}");
      assertThat(one.request().texts()).containsExactly("ab");
      assertThat(one.encoding()).isEqualTo(VectorEncoding.FLOAT);

      EmbeddingsRead.Valid several =
          valid(
              "{\"input\":[\"a\",\" b\"],\"model\":\"m\",\"dimensions\":256,"
                  + "\"encoding_format\":\"base64\",\"user\":\"u\",\"input_type\":\"query\"}");
      assertThat(several.request().texts()).containsExactly("a", "b");
      assertThat(several.request().dimensions()).contains(256);
      assertThat(several.encoding()).isEqualTo(VectorEncoding.BASE64);
      assertThat(several.request().wire().orElseThrow().unread()).containsExactly("input_type");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{\"input\":\"a\"}|model|is missing",
          "{\"model\":\"m\"}|input|is missing",
          "{\"model\":\"m\",\"input\":[]}|input|is empty",
          "{\"model\":\"m\",\"input\":7}|input|a string or an array of strings",
          "{\"model\":\"m\",\"input\":[1,2]}|input|token numbers",
          "{\"model\":\"m\",\"input\":[[1,2],[3]]}|input|token numbers",
          "{\"model\":\"m\",\"input\":[\"a\",\" \\u0000\"]}|input[1]|white space",
          "{\"model\":\"m\",\"input\":\"\"}|input|white space",
          "{\"model\":\"m\",\"input\":[\"a\",{}]}|input[1]|must be a string",
          "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":0}|dimensions|at least 1",
          "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":\"9\"}|dimensions|a whole number",
          "{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"int8\"}|encoding_format|float or base64",
          "{\"model\":\"m\",\"input\":\"a\",\"input\":\"b\"}|input|twice"
        })
    void at_fault_is_refused_with_the_field_and_the_remedy(
        String body, String field, String problem) {
      assertThat(read(body))
          .isInstanceOfSatisfying(
              EmbeddingsRead.Invalid.class,
              invalid -> {
                assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                assertThat(invalid.field()).contains(field);
                assertThat(invalid.message()).contains(problem);
              });
    }

    @Test
    void of_more_texts_than_are_taken_is_refused() {
      String texts = "\"a\",".repeat(EmbeddingsRequestReader.MOST_TEXTS);
      assertThat(read("{\"model\":\"m\",\"input\":[" + texts + "\"b\"]}"))
          .isInstanceOfSatisfying(
              EmbeddingsRead.Invalid.class,
              invalid -> assertThat(invalid.message()).contains("more than 2048 texts"));
    }

    @Test
    void that_is_no_json_is_refused_without_a_field() {
      assertThat(read("{\"model\":"))
          .isInstanceOfSatisfying(
              EmbeddingsRead.Invalid.class, invalid -> assertThat(invalid.field()).isEmpty());
    }

    @Test
    void leaves_as_the_clients_bytes_with_the_texts_that_travel() {
      EmbeddingRequest came =
          valid(
                  "{\"input\": [\"a\", \"b \"], \"model\":\"openai/m\", \"input_type\":\"query\","
                      + " \"assay\":{\"group\":\"g\"}}")
              .request();
      assertThat(EmbeddingsRequestWriter.write(came.withModel("m").withTexts(List.of("b"))).utf8())
          .isEqualTo("{\"input\": [\"b\"], \"model\":\"m\", \"input_type\":\"query\"}");
      EmbeddingRequest single = valid("{\"model\":\"m\",\"input\":\" a\"}").request();
      assertThat(EmbeddingsRequestWriter.write(single).utf8())
          .isEqualTo("{\"model\":\"m\",\"input\":\"a\"}");
    }

    @Test
    void that_came_over_no_wire_is_written_anew() {
      EmbeddingRequest request =
          new EmbeddingRequest("m", List.of("a"), Optional.of(8), Optional.empty());
      assertThat(EmbeddingsRequestWriter.write(request).utf8())
          .isEqualTo("{\"model\":\"m\",\"input\":[\"a\"],\"dimensions\":8}");
    }
  }

  @Nested
  class A_response {
    private static AnswerRead read(String body, int texts) {
      return new EmbeddingsUpstream(texts).answer(Bytes.utf8(body));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {"[0.1,-1,0.33333334]", "\"" + BASE64 + "\""})
    void is_read_in_either_encoding(String embedding) {
      AnswerRead read =
          read(
              "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":"
                  + embedding
                  + "}],\"model\":\"m-1\",\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}",
              1);
      assertThat(read)
          .isEqualTo(
              new AnswerRead.Completion(
                  Optional.empty(),
                  Optional.of("m-1"),
                  List.of(new Part.Embedding(VECTOR)),
                  FinishReason.STOP,
                  Usage.reported(5, 0)));
    }

    @Test
    void is_put_in_the_order_of_its_indexes() {
      AnswerRead read =
          read("{\"data\":[{\"index\":1,\"embedding\":[2]},{\"index\":0,\"embedding\":[1]}]}", 2);
      assertThat(((AnswerRead.Completion) read).parts())
          .containsExactly(new Part.Embedding(Vector.of(1)), new Part.Embedding(Vector.of(2)));
      assertThat(((AnswerRead.Completion) read).usage()).isEqualTo(Usage.ABSENT);
    }

    @Test
    void without_indexes_stays_as_it_came() {
      AnswerRead read = read("{\"data\":[{\"embedding\":[2]},{\"embedding\":[1]}]}", 2);
      assertThat(((AnswerRead.Completion) read).parts())
          .containsExactly(new Part.Embedding(Vector.of(2)), new Part.Embedding(Vector.of(1)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"index\":7,\"embedding\":[2]},{\"embedding\":[1]}",
          "{\"index\":0,\"embedding\":[2]},{\"embedding\":[1]}",
          "{\"index\":0,\"embedding\":[2]},{\"index\":0,\"embedding\":[1]}",
          "{\"index\":1,\"embedding\":[2]},{\"index\":2,\"embedding\":[1]}",
          "{\"index\":-1,\"embedding\":[2]},{\"index\":-1,\"embedding\":[1]}"
        })
    void whose_indexes_do_not_say_which_text_is_malformed(String data) {
      assertThat(read("{\"data\":[" + data + "]}", 2))
          .isEqualTo(new AnswerRead.Malformed("has indexes that are not 0 to 1, each once"));
    }

    @Test
    void with_vectors_of_different_lengths_is_malformed() {
      assertThat(read("{\"data\":[{\"embedding\":[2]},{\"embedding\":[1,2]}]}", 2))
          .isEqualTo(new AnswerRead.Malformed("has vectors of different lengths"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "[]|is not a JSON object",
          "{\"data\":[|is cut off",
          "{}|0 vectors for 1",
          "{\"data\":7}|0 vectors for 1",
          "{\"data\":[7]}|not an object",
          "{\"data\":[{\"embedding\":[1]},{\"embedding\":[1]}]}|2 vectors for 1",
          "{\"data\":[{\"embedding\":[]}]}|finite numbers",
          "{\"data\":[{\"embedding\":[\"x\"]}]}|finite numbers",
          "{\"data\":[{\"embedding\":[1e99]}]}|finite numbers",
          "{\"data\":[{\"embedding\":\"AAAA\"}]}|finite numbers",
          "{\"data\":[{\"embedding\":\"AADAfw==\"}]}|finite numbers",
          "{\"data\":[{\"embedding\":null}]}|finite numbers",
          "{\"data\":[{}]}|finite numbers"
        })
    void without_its_vectors_is_malformed(String body, String problem) {
      assertThat(read(body, 1))
          .isInstanceOfSatisfying(
              AnswerRead.Malformed.class,
              malformed -> assertThat(malformed.problem()).contains(problem));
    }

    @Test
    void with_an_error_in_it_is_one() {
      assertThat(read("{\"error\":{\"message\":\"no\",\"type\":\"t\"}}", 1))
          .isInstanceOfSatisfying(
              AnswerRead.Failed.class,
              failed -> assertThat(failed.error().message()).contains("no"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{\"prompt_tokens\":-1}",
          "{\"prompt_tokens\":99999999999999999999}",
          "{\"prompt_tokens\":\"5\"}",
          "null",
          "[5]"
        })
    void with_unbelievable_usage_has_none(String usage) {
      AnswerRead read = read("{\"data\":[{\"embedding\":[1]}],\"usage\":" + usage + "}", 1);
      assertThat(((AnswerRead.Completion) read).usage()).isEqualTo(Usage.ABSENT);
    }
  }

  @Nested
  class An_answer {
    private static Answer answer() {
      Details details =
          Details.refused("m", new Timings(Instant.EPOCH, Duration.ZERO, Optional.empty()))
              .withEmbedding(
                  new EmbeddingReport(
                      Bytes.wrap(new byte[] {(byte) 0xab}), List.of(true), List.of()));
      return new Answer(List.of(new Part.Embedding(VECTOR)), FinishReason.STOP, details);
    }

    @Test
    void is_written_in_the_encoding_that_was_asked_for() {
      String rest =
          "}],\"model\":\"openai/m\",\"usage\":{\"prompt_tokens\":0,\"total_tokens\":0},"
              + "\"assay\":{\"request_hash\":\"ab\",\"cached\":[true]}}";
      String head = "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,";
      assertThat(EmbeddingsAnswerWriter.write(answer(), "openai/m", VectorEncoding.FLOAT).utf8())
          .isEqualTo(head + "\"embedding\":[0.1,-1.0,0.33333334]" + rest);
      assertThat(EmbeddingsAnswerWriter.write(answer(), "openai/m", VectorEncoding.BASE64).utf8())
          .isEqualTo(head + "\"embedding\":\"" + BASE64 + "\"" + rest);
    }
  }
}
