package dev.assay.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SpliceTest {
  private static final Bytes VALUE = Bytes.utf8("\"new\"");

  private static Splice splice(String text) {
    Bytes bytes = Bytes.utf8(text);
    return new Splice(bytes, Members.of(bytes).orElseThrow());
  }

  @Nested
  class Setting {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{\"a\":1,\"b\":2}              | {\"a\":\"new\",\"b\":2}",
          "{ \"a\" : 1 , \"b\" : 2 }      | { \"a\" : \"new\" , \"b\" : 2 }",
          "{\"b\":{\"a\":1},\"a\":[1,2]}  | {\"b\":{\"a\":1},\"a\":\"new\"}",
          "{\"\\u0061\":1}                | {\"\\u0061\":\"new\"}",
          "{\"b\":2}                      | {\"b\":2,\"a\":\"new\"}",
          "{\"b\":2 }                     | {\"b\":2,\"a\":\"new\" }",
          "{}                             | {\"a\":\"new\"}",
          "{ }                            | {\"a\":\"new\" }",
        })
    void replaces_the_value_or_adds_the_member(String before, String after) {
      assertThat(splice(before).set("a", VALUE).apply().utf8()).isEqualTo(after);
    }

    @Test
    void several_members_adds_them_in_order_behind_the_last() {
      Bytes spliced =
          splice("{\"a\":1}").set("b", Bytes.utf8("true")).set("a", "\"x\"").set("ü", "y").apply();
      assertThat(spliced.utf8()).isEqualTo("{\"a\":\"\\\"x\\\"\",\"b\":true,\"ü\":\"y\"}");
    }
  }

  @Nested
  class Removing {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{\"a\":1}                      | {}",
          "{ \"a\" : 1 }                  | {  }",
          "{\"a\":1,\"b\":2}              | {\"b\":2}",
          "{\"b\":2,\"a\":1}              | {\"b\":2}",
          "{\"b\":2 , \"a\":1 }           | {\"b\":2 }",
          "{\"b\":2,\"a\":1,\"c\":3}      | {\"b\":2,\"c\":3}",
          "{\"b\":{\"a\":1}}              | {\"b\":{\"a\":1}}",
        })
    void takes_the_member_and_one_comma(String before, String after) {
      assertThat(splice(before).remove("a").apply().utf8()).isEqualTo(after);
    }

    @Test
    void all_members_and_adding_one_leaves_that_one() {
      assertThat(splice("{\"a\":1,\"b\":2}").remove("a").remove("b").set("c", VALUE).apply().utf8())
          .isEqualTo("{\"c\":\"new\"}");
    }

    @Test
    void and_setting_again_keeps_what_was_said_last() {
      assertThat(splice("{\"a\":1}").remove("a").set("a", VALUE).apply().utf8())
          .isEqualTo("{\"a\":\"new\"}");
      assertThat(splice("{\"a\":1}").set("a", VALUE).remove("a").apply().utf8()).isEqualTo("{}");
      assertThat(splice("{}").set("a", VALUE).remove("a").apply().utf8()).isEqualTo("{}");
    }
  }

  @Test
  void without_edits_gives_the_text_itself() {
    Bytes text = Bytes.utf8(" {\"a\":1} ");
    Splice splice = new Splice(text, Members.of(text).orElseThrow());
    assertThat(splice.apply()).isSameAs(text);
    assertThat(splice.remove("b").apply()).isSameAs(text);
  }

  @Test
  void works_on_a_slice_of_a_larger_array() {
    Bytes text = Bytes.utf8("xx{\"a\":1}yy").slice(2, 9);
    Splice splice = new Splice(text, Members.of(text).orElseThrow());
    assertThat(splice.set("a", VALUE).apply().utf8()).isEqualTo("{\"a\":\"new\"}");
  }

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  /** Fifty random texts a seed, with random edits: each kept member keeps every byte. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void leaves_every_other_byte_as_it_is(long seed) {
    Random random = new Random(seed);
    RandomJson json = new RandomJson(random);
    for (int i = 0; i < 50; i++) {
      RandomJson.Sample sample = json.object();
      Bytes text = Bytes.utf8(sample.text());
      Map<String, Member> members = Members.of(text).orElseThrow();
      Splice splice = new Splice(text, members);
      Map<String, String> expected = new LinkedHashMap<>(sample.members());
      int edits = random.nextInt(5);
      for (int edit = 0; edit < edits; edit++) {
        edit(random, json, splice, text, members, expected);
      }
      check(sample, splice.apply(), expected);
    }
  }

  private static void edit(
      Random random,
      RandomJson json,
      Splice splice,
      Bytes text,
      Map<String, Member> members,
      Map<String, String> expected) {
    String name = json.name();
    Member member = members.get(name);
    if (random.nextBoolean()) {
      splice.remove(name);
      expected.remove(name);
    } else if (member == null) {
      String value = json.value(2);
      splice.set(name, Bytes.utf8(value));
      expected.put(name, Json.write(writer -> writer.writeString(name)).utf8() + ":" + value);
    } else if (expected.containsKey(name)) {
      String value = json.value(2);
      splice.set(name, Bytes.utf8(value));
      String head = text.slice(member.name().start(), member.value().start()).utf8();
      expected.put(name, head + value);
    }
  }

  private static void check(RandomJson.Sample sample, Bytes spliced, Map<String, String> expected) {
    Map<String, Member> after = Members.of(spliced).orElseThrow();
    Map<String, String> found = new LinkedHashMap<>();
    after.entrySet().stream()
        .sorted((a, b) -> Integer.compare(a.getValue().name().start(), b.getValue().name().start()))
        .forEach(entry ->
            found.put(
                entry.getKey(),
                spliced
                    .slice(entry.getValue().name().start(), entry.getValue().value().end())
                    .utf8()));
    assertThat(found).as(sample.text()).containsExactlyEntriesOf(expected);
    assertThat(spliced.utf8()).startsWith(sample.before().stripTrailing());
    assertThat(spliced.utf8()).endsWith(sample.after());
  }
}
