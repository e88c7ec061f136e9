package dev.assay.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts as BERT's uncased tokenizer cuts them; the numbers are those of its vocabulary. */
class WordPiecesTest {
  private static WordPieces pieces;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream json =
        Objects.requireNonNull(
            WordPieces.class
                .getClassLoader()
                .getResourceAsStream("all-minilm-l6-v2-q-tokenizer.json"))) {
      pieces = WordPieces.of(Bytes.wrap(json.readAllBytes()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello, world!|7592 1010 2088 999",
        "HeLLo  world|7592 2088",
        "café|7668",
        "unaffable|14477 20961 3468",
        "東京|1879 1755",
        "a\u00a0b|1037 1038",
        "don't|2123 1005 1056",
        "[SEP]|1031 19802 1033",
        "\u00ad\u200bhi\ufffd|7632"
      })
  void are_cut_into_known_pieces(String text, String ids) {
    long[] all = pieces.of(text).ids();
    assertThat(all[0]).isEqualTo(101);
    assertThat(all[all.length - 1]).isEqualTo(102);
    assertThat(
            Arrays.stream(all, 1, all.length - 1)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" ")))
        .isEqualTo(ids);
  }

  @Test
  void of_a_word_that_is_too_long_are_unknown() {
    assertThat(pieces.of("a".repeat(100)).ids()).doesNotContain(100);
    assertThat(pieces.of("a".repeat(101)).ids()).containsExactly(101, 100, 102);
  }

  @Test
  void beyond_what_the_model_takes_are_counted_and_left_out() {
    Tokens tokens = pieces.of("word ".repeat(300));
    assertThat(tokens.ids()).hasSize(256).endsWith(102);
    assertThat(tokens.left()).isEqualTo(46);
  }
}
