package dev.assay.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.assay.core.bytes.Bytes;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One form for JSON values that say the same. */
class CanonicalJsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ \"b\" : 1.0, \"a\" : [ true , null, {} ] }|{\"a\":[true,null,{}],\"b\":1.0}",
        "\"\\u0061\\/\"|\"a/\"",
        "1e2|1e2",
        "100|100",
        "{\"z\":{\"y\":1,\"x\":2}}|{\"z\":{\"x\":2,\"y\":1}}",
        "[]|[]"
      })
  void is_sorted_and_without_white_space(String text, String canonical) {
    assertThat(CanonicalJson.of(Bytes.utf8(text)).utf8()).isEqualTo(canonical);
  }

  // Each level once more would be some gigabytes here.
  @Test
  @Timeout(10)
  void takes_a_deep_value_once() {
    int levels = 400;
    String text = "\"" + "x".repeat(1 << 20) + "\"";
    String value = "{\"b\":[".repeat(levels / 2) + text + "],\"a\":1}".repeat(levels / 2);
    Bytes read = Bytes.utf8(value);
    long before = allocated();

    Bytes canonical = CanonicalJson.of(read);

    assertThat(allocated() - before).isLessThan(64L << 20);
    assertThat(canonical.utf8())
        .isEqualTo("{\"a\":1,\"b\":[".repeat(levels / 2) + text + "]}".repeat(levels / 2));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void of_an_object_that_has_a_name_twice_is_none() {
    assertThatThrownBy(() -> CanonicalJson.of(Bytes.utf8("{\"a\":[{\"b\":1,\"b\":2}]}")))
        .isInstanceOf(InvalidField.class);
  }
}
