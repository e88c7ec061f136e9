package dev.assay.wire.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;

class ToolCallFieldsTest {
  private static final String SIGNED =
      "\"extra_content\":{\"google\":{\"thought_signature\":\"%s\"}}";

  @ParameterizedTest
  @CsvSource({"'',in,in", "out,'',out", "out,in,out", "'','',"})
  void aSignatureStandsBesideTheFunctionOrInIt(String beside, String inside, String read) {
    String outer = beside.isEmpty() ? "" : "," + SIGNED.formatted(beside);
    String inner = inside.isEmpty() ? "" : "," + SIGNED.formatted(inside);
    Bytes call =
        Bytes.utf8("{\"id\":\"c\",\"function\":{\"name\":\"f\"" + inner + "}" + outer + "}");
    try (JsonParser parser = Json.parser(call)) {
      parser.nextToken();
      ToolCallFields fields = ToolCallFields.read(parser, call);
      assertThat(fields.signature()).isEqualTo(read);
      assertThat(fields.name()).isEqualTo("f");
    }
  }
}
