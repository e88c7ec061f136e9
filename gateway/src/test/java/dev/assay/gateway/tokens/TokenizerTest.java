package dev.assay.gateway.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {
  @ParameterizedTest
  @CsvSource({
    "gpt-4o, O200K",
    "gpt-4o-mini-2024-07-18, O200K",
    "chatgpt-4o-latest, O200K",
    "gpt-4.1, O200K",
    "gpt-4.1-nano-2025-04-14, O200K",
    "gpt-4.5-preview, O200K",
    "o1, O200K",
    "o3-mini, O200K",
    "o4-mini-2025-04-16, O200K",
    "gpt-5, O200K",
    "gpt-6.2-sol, O200K",
    "openai/gpt-5-mini, O200K",
    "ft:gpt-4o-mini-2024-07-18:acme::abc, O200K",
    "claude-opus-5-5, O200K",
    "gemini-4-argon, O200K",
    "text-embedding-004, O200K",
    "gpt-4, CL100K",
    "gpt-4-0613, CL100K",
    "gpt-4-turbo-2024-04-09, CL100K",
    "gpt-3.5-turbo, CL100K",
    "gpt-35-turbo, CL100K",
    "ft:gpt-3.5-turbo:acme, CL100K",
    "ft:gpt-4:acme, CL100K",
    "openai/gpt-4, CL100K",
    "text-embedding-3-small, CL100K",
    "text-embedding-ada-002, CL100K",
  })
  void isThatOfTheModelsGeneration(String model, Tokenizer expected) {
    assertThat(Tokenizer.of(model)).isEqualTo(expected);
  }

  // The counts of tiktoken's own examples.
  @ParameterizedTest
  @CsvSource({
    "O200K, hello world, 2",
    "CL100K, hello world, 2",
    "CL100K, tiktoken is great!, 6",
    "O200K, antidisestablishmentarianism, 6",
    "CL100K, antidisestablishmentarianism, 6",
    "CL100K, 2 + 2 = 4, 7",
    "O200K, 2 + 2 = 4, 7",
    "CL100K, お誕生日おめでとう, 9",
    "O200K, お誕生日おめでとう, 8",
  })
  void countsAsTheModelsDo(Tokenizer tokenizer, String text, long expected) {
    assertThat(tokenizer.count(text)).isEqualTo(expected);
  }

  @Test
  void countsNothingInNothing() {
    assertThat(Tokenizer.O200K.count("")).isZero();
  }

  @Test
  void takesNamesOfSpecialTokensForText() {
    assertThat(Tokenizer.O200K.count("<|endoftext|>")).isGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource({"a", "' '", "0", "\u3042", "'\n'", "\ud83d\ude00", "'a '", "'!'"})
  void isNotHeldUpByMonotony(String piece) {
    assertThat(Tokenizer.O200K.count(piece.repeat(200_000))).isPositive();
  }

  @Test
  void countsForManyAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> counts =
          IntStream.range(0, 32)
              .mapToObj(i -> threads.submit(() -> Tokenizer.CL100K.count("hello world")))
              .toList();
      for (Future<Long> count : counts) {
        assertThat(count.get()).isEqualTo(2);
      }
    }
  }
}
