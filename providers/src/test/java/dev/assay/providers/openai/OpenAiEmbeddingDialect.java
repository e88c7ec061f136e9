package dev.assay.providers.openai;

import dev.assay.testkit.contract.Dialect;
import dev.assay.testkit.contract.EmbeddingDialect;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenAI's embeddings as a server writes them.
 *
 * @param dialect of the adapter that speaks to the server
 */
public record OpenAiEmbeddingDialect(Dialect dialect) implements EmbeddingDialect {
  private static final String FIRST = "\"embedding\":[0.5,1]";
  private static final String SECOND = "\"embedding\":[1,0]";

  @Override
  public String answer(String... vectors) {
    return body("", vectors);
  }

  @Override
  public String reporting(String tokens, String... vectors) {
    return body(
        ",\"usage\":{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + "}", vectors);
  }

  private static String body(String usage, String... vectors) {
    List<String> items = new ArrayList<>();
    for (String vector : vectors) {
      items.add(
          "{\"object\":\"embedding\",\"index\":" + items.size() + ",\"embedding\":" + vector + "}");
    }
    return "{\"object\":\"list\",\"data\":["
        + String.join(",", items)
        + "],\"model\":\"e-1-v2\""
        + usage
        + "}";
  }

  @Override
  public List<String> alike() {
    return List.of(
        answer("\"AAAAPwAAgD8=\"", "\"AACAPwAAAAA=\""),
        answer("[0.5,1]", "\"AACAPwAAAAA=\""),
        "{\"data\":[{" + FIRST + "},{" + SECOND + "}]}",
        "{\"data\":[{\"index\":null," + FIRST + "},{\"index\":null," + SECOND + "}]}",
        two("1", SECOND, "0", FIRST));
  }

  @Override
  public List<String> astray() {
    return List.of(
        two("0", FIRST, "0", SECOND),
        two("0", FIRST, "2", SECOND),
        two("1", FIRST, "2", SECOND),
        two("-1", FIRST, "0", SECOND),
        two("null", FIRST, "1", SECOND),
        two("\"1\"", FIRST, "\"0\"", SECOND),
        two("0.25", FIRST, "1.25", SECOND),
        two("[]", FIRST, "{}", SECOND),
        two("1e400", FIRST, "0", SECOND),
        two("99999999999999999999", FIRST, "99999999999999999998", SECOND),
        two("9223372036854775807", FIRST, "-9223372036854775808", SECOND),
        two("-9223372036854775808", FIRST, "-9223372036854775808", SECOND),
        two("4294967296", FIRST, "4294967297", SECOND));
  }

  private static String two(String index, String vector, String nextIndex, String next) {
    return "{\"data\":[{\"index\":%s,%s},{\"index\":%s,%s}]}"
        .formatted(index, vector, nextIndex, next);
  }

  @Override
  public List<String> wrongTypes() {
    return List.of(
        "{\"data\":7}",
        "{\"data\":{}}",
        "{\"data\":[7,[]]}",
        "{\"data\":[null,null]}",
        "{\"data\":[{},{}]}",
        "{\"data\":[{" + FIRST + "},{" + SECOND + "},7]}",
        "{\"data\":\"AAAA\",\"model\":7,\"usage\":[]}",
        "{\"error\":7}",
        "{\"error\":[]}");
  }
}
