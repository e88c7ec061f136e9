package dev.assay.wire.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.bytes.Span;
import dev.assay.core.request.Member;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {
  @Test
  void are_found_where_they_stand() {
    Bytes text =
        Bytes.utf8("{ \"a\\\"\\u0062\" : \"x\\\"y\" ,\"n\":12.5,\"o\":{\"a\":[1]}, \"t\":true}");
    assertThat(Members.of(text))
        .contains(
            Map.of(
                "a\"b", new Member(new Span(2, 13), new Span(16, 22)),
                "n", new Member(new Span(24, 27), new Span(28, 32)),
                "o", new Member(new Span(33, 36), new Span(37, 46)),
                "t", new Member(new Span(48, 51), new Span(52, 56))));
  }

  @Test
  void are_found_behind_a_byte_order_mark() {
    Bytes text = Bytes.utf8("\ufeff{\"a\":1}");
    assertThat(Members.of(text)).contains(Map.of("a", new Member(new Span(4, 7), new Span(8, 9))));
  }

  @Test
  void are_found_in_random_texts() {
    Random random = new Random(7);
    RandomJson json = new RandomJson(random);
    for (int i = 0; i < 2_000; i++) {
      RandomJson.Sample sample = json.object();
      Bytes text = Bytes.utf8(sample.text());
      Map<String, Member> members = Members.of(text).orElseThrow();
      assertThat(members.keySet()).isEqualTo(sample.members().keySet());
      members.forEach((name, member) ->
          assertThat(text.slice(member.name().start(), member.value().end()).utf8())
              .isEqualTo(sample.members().get(name)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "\"a\"",
        "null",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{\"a\":1}x",
        "{\"a\":1}{}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{/**/\"a\":1}"
      })
  void of_what_is_not_one_object_with_distinct_names_are_none(String text) {
    assertThat(Members.of(Bytes.utf8(text))).isEmpty();
  }

  @Test
  void of_text_in_another_encoding_are_none() {
    for (Charset charset : new Charset[] {UTF_16BE, UTF_16LE}) {
      assertThat(Members.of(Bytes.wrap("{\"a\":1}".getBytes(charset)))).isEmpty();
      assertThat(Members.of(Bytes.wrap("\ufeff{\"a\":1}".getBytes(charset)))).isEmpty();
    }
  }

  @Test
  void may_be_nested_a_thousand_deep_but_no_deeper() {
    assertThat(Members.of(nested(999))).isPresent();
    assertThat(Members.of(nested(1_000))).isEmpty();
    assertThat(Members.of(nested(1_000_000))).isEmpty();
  }

  private static Bytes nested(int arrays) {
    return Bytes.utf8("{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}");
  }

  @Test
  void may_hold_a_text_of_twenty_megabytes() {
    assertThat(Members.of(Bytes.utf8("{\"a\":\"" + "x".repeat(20_000_000) + "\"}"))).isPresent();
  }
}
