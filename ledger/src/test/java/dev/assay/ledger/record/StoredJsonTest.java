package dev.assay.ledger.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredJsonTest {
  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "1", "\"x\"", "null", " {\"a\":[1,{\"b\":null}]} \n"})
  void keeps_one_value_as_it_is(String text) {
    Bytes json = Bytes.utf8(text);

    assertThat(StoredJson.of(json)).isSameAs(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "{}{}", "[1,]", "\"x", "{\"a\":\"b", "nul", "{} x", "<html>"})
  void makes_a_text_of_everything_else(String text) {
    Bytes stored = StoredJson.of(Bytes.utf8(text));

    assertThat(StoredJson.valid(stored)).isTrue();
    assertThat(stored.utf8()).startsWith("\"").endsWith("\"");
  }
}
