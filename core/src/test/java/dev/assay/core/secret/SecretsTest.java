package dev.assay.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.bytes.Span;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String KEY = "sk-abc/def+0123456789";
  private static final String BACKSLASH = "\\";
  private static final Secrets SECRETS = Secrets.of(List.of(KEY, "sk-abc/d", "pässwörd", "short"));

  private static String scrubbed(String text) {
    return SECRETS.scrub(Bytes.utf8(text)).utf8();
  }

  private static String number(char character) {
    return BACKSLASH + String.format("u%04x", (int) character);
  }

  @Nested
  class TheBytes {
    @ParameterizedTest
    @ValueSource(strings = {"", "s", "sk-abc", "short", "sk-abc/", "a \\n sk- \\u0073k \\\\ é"})
    void withoutASecretAreTheSameObject(String text) {
      Bytes bytes = Bytes.utf8(text);
      assertThat(SECRETS.scrub(bytes)).isSameAs(bytes);
      assertThat(Secrets.NONE.scrub(bytes)).isSameAs(bytes);
    }

    @Test
    void loseEverySecretAndNothingElse() {
      assertThat(scrubbed("{\"a\":\"é" + KEY + KEY + "\",\"b\":\"sk-abc/d pässwörd\"}ÿ"))
          .isEqualTo("{\"a\":\"é[secret][secret]\",\"b\":\"[secret] [secret]\"}ÿ");
    }

    @Test
    void areScrubbedInsideALargerArray() {
      Bytes all = Bytes.utf8(KEY + "|" + KEY + "|" + KEY);
      int from = KEY.length() + 1;
      assertThat(SECRETS.scrub(all.slice(from, from + KEY.length())).utf8()).isEqualTo("[secret]");
      Bytes cut = all.slice(from, from + KEY.length() - 14);
      assertThat(SECRETS.scrub(cut)).isSameAs(cut);
    }

    @Test
    void loseSecretsThatAreEscapedAsInJson() {
      assertThat(scrubbed("\"" + KEY.replace("/", "\\/") + "\"")).isEqualTo("\"[secret]\"");
      assertThat(scrubbed("\"" + number('s') + KEY.substring(1) + "\"")).isEqualTo("\"[secret]\"");
      StringBuilder numbers = new StringBuilder();
      KEY.chars().forEach(character -> numbers.append(number((char) character)));
      assertThat(scrubbed(numbers + "x")).isEqualTo("[secret]x");
      assertThat(scrubbed(numbers.toString().toUpperCase(Locale.ROOT).replace('U', 'u')))
          .isEqualTo("[secret]");
    }

    @Test
    void loseSecretsInJsonInsideOfJson() {
      String inner = "{\\\"key\\\":\\\"" + BACKSLASH + number('s') + KEY.substring(1) + "\\\"}";
      assertThat(scrubbed("{\"arguments\":\"" + inner + "\"}"))
          .isEqualTo("{\"arguments\":\"{\\\"key\\\":\\\"[secret]\\\"}\"}");
      assertThat(scrubbed(KEY.replace("/", "\\\\\\/"))).isEqualTo("[secret]");
    }

    @Test
    void keepTheEscapesAroundASecret() {
      assertThat(scrubbed("\\\"" + KEY + "\\n\\u00e9")).isEqualTo("\\\"[secret]\\n\\u00e9");
    }

    @Test
    void loseSecretsThatHaveQuotesAndBackslashes() {
      Secrets odd = Secrets.of(List.of("a\"b\\c-0123"));
      assertThat(odd.scrub(Bytes.utf8("{\"x\":\"a\\\"b\\\\c-0123\"}")).utf8())
          .isEqualTo("{\"x\":\"[secret]\"}");
      assertThat(odd.scrub(Bytes.utf8("a\"b\\c-0123")).utf8()).isEqualTo("[secret]");
    }

    @Test
    void mayEndInTheMiddleOfAnything() {
      String escaped = KEY.replace("/", "\\/").replace("s", number('s'));
      for (int end = 0; end < escaped.length(); end++) {
        assertThat(scrubbed(escaped.substring(0, end))).doesNotContain(KEY);
      }
      assertThat(scrubbed("\\".repeat(100_000))).hasSize(100_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void loseSecretsHoweverTheyAreEscapedAndWhatStandsAround(long seed) {
      Random random = new Random(seed);
      for (int round = 0; round < 1_000; round++) {
        StringBuilder text = new StringBuilder(noise(random));
        for (int i = 0; i < KEY.length(); i++) {
          char character = KEY.charAt(i);
          switch (random.nextInt(3)) {
            case 0 -> text.append(number(character));
            case 1 -> text.append(character == '/' ? "\\/" : character);
            default -> text.append(character);
          }
        }
        text.append(noise(random));
        assertThat(scrubbed(text.toString())).as(text.toString()).contains("[secret]");
      }
    }

    private static String noise(Random random) {
      StringBuilder noise = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        noise.append("sk-ab/0 \n{}:,".charAt(random.nextInt(13)));
      }
      return noise.toString();
    }
  }

  @Nested
  class Texts {
    @Test
    void loseEverySecret() {
      assertThat(SECRETS.scrub("a " + KEY + " sk-abc/dx")).isEqualTo("a [secret] [secret]x");
      String clean = "nothing here";
      assertThat(SECRETS.scrub(clean)).isSameAs(clean);
    }

    @Test
    void sayWhereSecretsStand() {
      assertThat(SECRETS.find("nothing here")).isEmpty();
      assertThat(SECRETS.find("x" + KEY))
          .containsExactlyInAnyOrder(new Span(1, 1 + KEY.length()), new Span(1, 9));
    }
  }

  @Test
  void neverPrintsWhatItHolds() {
    assertThat(SECRETS).hasToString("Secrets[3]");
  }
}
