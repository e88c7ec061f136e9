package dev.assay.providers.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after: 20 | PT20S",
        "retry-after: 0 | PT0S",
        "retry-after:  1.25  | PT1.25S",
        "retry-after: Thu, 01 Jan 2026 00:01:00 GMT | PT1M",
        "retry-after: Wed, 31 Dec 2025 23:59:00 GMT | PT0S",
        "retry-after-ms: 1500 | PT1.5S",
        "retry-after-ms: 40; retry-after: 9 | PT0.04S",
        "retry-after-ms: soon; retry-after: 9 | PT9S",
        "x-ratelimit-reset-requests: 1s | PT1S",
        "x-ratelimit-reset-requests: 6m0s | PT6M",
        "x-ratelimit-reset-tokens: 1h2m3.5s | PT1H2M3.5S",
        "x-ratelimit-reset-tokens: 250ms | PT0.25S",
        "x-ratelimit-reset-tokens: 2d | PT48H",
        "x-ratelimit-reset-tokens: 17 | PT17S",
        "x-ratelimit-reset: 1767225630 | PT30S",
        "x-ratelimit-reset: 1767225630500 | PT30.5S",
        "x-ratelimit-reset-requests: 2026-01-01T00:00:05Z | PT5S",
        "x-ratelimit-reset-requests: 1s; x-ratelimit-reset-tokens: 6m0s | PT6M",
        "retry-after: 2; x-ratelimit-reset-tokens: 6m0s | PT2S",
        "retry-after: 99999999999 | PT8784H",
        "retry-after-ms: 99999999999999999 | PT8784H",
      })
  void isReadInEveryForm(String headers, Duration expected) {
    assertThat(RetryAfter.of(parsed(headers), NOW)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "x-request-id: 7",
    "retry-after: -1",
    "retry-after: soon",
    "retry-after: 1e9",
    "retry-after: ''",
    "x-ratelimit-reset-tokens: m",
    "x-ratelimit-reset-tokens: 5 parsecs",
  })
  void isAbsentWhenNothingIsUnderstood(String headers) {
    assertThat(RetryAfter.of(parsed(headers), NOW)).isEmpty();
  }

  @Test
  void countsOnlyLimitsThatAreUsedUp() {
    Map<String, String> headers =
        Map.of(
            "x-ratelimit-remaining-requests", "0",
            "x-ratelimit-reset-requests", "1s",
            "x-ratelimit-remaining-tokens", "149000",
            "x-ratelimit-reset-tokens", "6m0s");
    assertThat(RetryAfter.of(headers, NOW)).contains(Duration.ofSeconds(1));
  }

  @Test
  void neverThrowsWhateverStandsThere() {
    Random random = new Random(7);
    String alphabet = "0123456789.dhms-:TZ ,GMT";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder value = new StringBuilder();
      for (int length = random.nextInt(25); length > 0; length--) {
        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String text = value.toString();
      for (String name : new String[] {"retry-after", "retry-after-ms", "x-ratelimit-reset-x"}) {
        Optional<Duration> read = RetryAfter.of(Map.of(name, text), NOW);
        assertThat(read.orElse(Duration.ZERO))
            .as("seed 7, '" + text + "'")
            .isBetween(Duration.ZERO, Duration.ofDays(366));
      }
    }
  }

  private static Map<String, String> parsed(String text) {
    Map<String, String> headers = new HashMap<>();
    for (String line : text.split(";", -1)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).strip(), line.substring(colon + 1));
    }
    return headers;
  }
}
