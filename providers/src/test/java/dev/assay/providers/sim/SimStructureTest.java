package dev.assay.providers.sim;

import static dev.assay.providers.sim.Requests.json;
import static dev.assay.providers.sim.Requests.streamed;
import static dev.assay.providers.sim.Requests.tool;
import static dev.assay.providers.sim.Requests.tools;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.Delta;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimStructureTest {
  private static final ChatRequest SMALL = ChatRequest.of("small", "Make one.");

  private final SimBench bench = new SimBench(SimSettings.DEFAULT.instant());

  @Nested
  class Values {
    @Test
    void haveTheRequiredPropertiesInOrderAndPerhapsOthers() throws Exception {
      String schema =
          """
          {"type":"object","additionalProperties":false,"required":["name","age"],
           "properties":{"name":{"type":"string"},"age":{"type":"integer"},
                         "nick":{"type":"string"}}}
          """;
      Set<Set<?>> names = new HashSet<>();
      for (Object value : many(schema)) {
        Map<?, ?> object = (Map<?, ?>) value;
        assertThat(object.get("name")).isInstanceOf(String.class);
        assertThat(object.get("age")).isInstanceOf(Long.class);
        names.add(object.keySet());
      }
      assertThat(names)
          .containsExactlyInAnyOrder(Set.of("name", "age"), Set.of("name", "age", "nick"));
    }

    @Test
    void areOneOfAnEnumerationAndAllOfThemInTime() throws Exception {
      assertThat(many("{\"enum\":[\"red\", 7, null, {\"a\":[1]}]}"))
          .containsOnly("red", 7L, "null", Map.of("a", List.of(1L)));
      assertThat(many("{\"const\":{\"v\":\"x\"}}")).containsOnly(Map.of("v", "x"));
    }

    @Test
    void keepArraysWithinTheirBounds() throws Exception {
      String schema =
          "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":2,\"maxItems\":5}";
      for (Object value : many(schema)) {
        assertThat((List<?>) value).hasSizeBetween(2, 5).hasOnlyElementsOfType(Boolean.class);
      }
      assertThat(many("{\"type\":\"array\",\"maxItems\":0}")).containsOnly(List.of());
    }

    @ParameterizedTest
    @CsvSource({
      "'\"minimum\":5,\"maximum\":7', 5, 7",
      "'\"minimum\":-3,\"maximum\":-3', -3, -3",
      "'\"minimum\":1000', 1000, 1100",
      "'\"maximum\":-10', -110, -10",
      "'\"exclusiveMinimum\":4,\"exclusiveMaximum\":6', 5, 5",
      "'\"minimum\":0.5,\"maximum\":1.5', 1, 1",
      "'\"title\":\"any\"', 0, 100",
    })
    void keepIntegersWithinTheirBounds(String bounds, long least, long most) throws Exception {
      for (Object value : many("{\"type\":\"integer\"," + bounds + "}")) {
        assertThat((Long) value).isBetween(least, most);
      }
    }

    @Test
    void keepNumbersAndTextsWithinTheirBounds() throws Exception {
      String number = "{\"type\":\"number\",\"exclusiveMinimum\":0,\"exclusiveMaximum\":1}";
      for (Object value : many(number)) {
        assertThat(((Number) value).doubleValue()).isGreaterThan(0).isLessThan(1);
      }
      for (Object value : many("{\"type\":\"string\",\"minLength\":3,\"maxLength\":5}")) {
        assertThat((String) value).hasSizeBetween(3, 5);
      }
      for (Object value : many("{\"type\":\"string\",\"minLength\":300}")) {
        assertThat((String) value).hasSizeGreaterThanOrEqualTo(300);
      }
      assertThat(many("{\"type\":\"string\",\"format\":\"date\"}")).containsOnly("2026-01-15");
    }

    @Test
    void chooseTheFirstOfSeveralTypesAndAnyAlternative() throws Exception {
      assertThat(many("{\"type\":[\"boolean\",\"null\"]}")).containsOnly(true, false);
      assertThat(many("{\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"null\"}]}"))
          .containsOnly(true, false, "null");
    }

    @Test
    void nestAndFollowReferencesAndComeToAnEnd() throws Exception {
      String schema =
          """
          {"$ref":"#/$defs/node","$defs":{"node":{"type":"object","required":["value","next"],
           "properties":{"value":{"$ref":"#/$defs/value"},
             "children":{"type":"array","items":{"$ref":"#/$defs/node"}},
             "next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}}},
           "value":{"type":"string","enum":["v"]}}}
          """;
      for (Object value : many(schema)) {
        Map<?, ?> node = (Map<?, ?>) value;
        assertThat(node.get("value")).isEqualTo("v");
        assertThat(node.containsKey("next")).isTrue();
      }
    }

    @Test
    void areStreamedAndCutLikeText() throws Exception {
      ChatRequest request = json(SMALL, "{\"type\":\"string\",\"minLength\":200}");
      Answer answer = bench.answer(streamed(request));
      assertThat(bench.text()).isEqualTo(answer.text());
      ChatRequest capped = Requests.sampled(request, Optional.of(3L), List.of());
      assertThat(bench.answer(capped).finish()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void areObjectsWhenAnyObjectWillDo() throws Exception {
      ChatRequest request = Requests.formatted(SMALL, new ResponseFormat.JsonObject());
      assertThat(JsonTree.read(bench.answer(request).text())).isInstanceOf(Map.class);
    }

    private List<Object> many(String schema) throws Exception {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Answer answer = bench.answer(json(ChatRequest.of("small", "Q" + i), schema));
        assertThat(answer.finish()).isEqualTo(FinishReason.STOP);
        values.add(JsonTree.read(answer.text()));
      }
      return values;
    }
  }

  @Nested
  class Refusing {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{\"type\":\"string\",\"pattern\":\"a+\"} | uses 'pattern'",
          "{\"type\":\"string\",\"format\":\"iri\"} | has the format 'iri'",
          "{\"oneOf\":[]} | uses 'oneOf'",
          "{} | has no type",
          "{\"type\":\"thing\"} | has the unknown type 'thing'",
          "{\"type\":7} | at .type must be a text or an array of texts",
          "{\"enum\":[]} | at .enum allows no value",
          "{\"type\":\"integer\",\"minimum\":5,\"maximum\":4} | allows no value",
          "{\"type\":\"integer\",\"minimum\":\"5\"} | at .minimum must be a number",
          "{\"type\":\"array\",\"minItems\":1} | has no 'items'",
          "{\"type\":\"array\",\"items\":{\"type\":\"null\"},\"minItems\":9999} | wants more than",
          "{\"type\":\"object\",\"required\":[\"x\"]} | requires 'x' without describing it",
          "{\"properties\":{\"a\":{\"not\":{}}},\"required\":[\"a\"]} | at .properties.a uses 'not'",
          "{\"$ref\":\"#/$defs/none\"} | refers to '#/$defs/none'",
          "{\"$ref\":\"#\"} | goes on without an end",
          "[] | is not an object",
          "{\"type\": | is cut off",
        })
    void saysWhatIsNotUnderstoodAndWhere(String schema, String why) throws Exception {
      Failure failure = bench.failure(json(SMALL, schema));
      assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_REJECTED);
      assertThat(failure.field()).contains("response_format.json_schema");
      assertThat(failure.message())
          .startsWith("response_format.json_schema: the schema")
          .contains(why);
    }
  }

  @Nested
  class ToolCalls {
    private static final String CITY =
        "{\"type\":\"object\",\"properties\":{\"city\":{\"const\":\"Bonn\"}},"
            + "\"required\":[\"city\"]}";

    private final Tool weather = tool("weather", CITY);
    private final Tool clock =
        new Tool("clock", Optional.empty(), Optional.empty(), Optional.empty());

    @Test
    void areMadeToTheToolThatIsForced() throws Exception {
      Answer answer = bench.answer(tools(SMALL, new ToolChoice.Named("weather"), clock, weather));
      assertThat(answer.finish()).isEqualTo(FinishReason.TOOL_CALLS);
      Part.ToolCall call = (Part.ToolCall) answer.parts().getFirst();
      assertThat(call.id()).startsWith("call_");
      assertThat(call.name()).isEqualTo("weather");
      assertThat(call.arguments()).isEqualTo("{\"city\":\"Bonn\"}");
    }

    @Test
    void areMadeToTheFirstToolWhenSomeToolIsForced() throws Exception {
      Answer answer = bench.answer(tools(SMALL, new ToolChoice.Required(), clock, weather));
      Part.ToolCall call = (Part.ToolCall) answer.parts().getFirst();
      assertThat(call.name()).isEqualTo("clock");
      assertThat(call.arguments()).isEqualTo("{}");
    }

    @Test
    void areStreamedWithTheirNameFirst() throws Exception {
      bench.answer(streamed(tools(SMALL, new ToolChoice.Named("weather"), weather)));
      Delta.Content.ToolCall first = (Delta.Content.ToolCall) bench.streamed.getFirst();
      assertThat(first.name()).contains("weather");
      assertThat(first.id()).isPresent();
      StringBuilder arguments = new StringBuilder();
      for (Delta.Content content : bench.streamed) {
        arguments.append(((Delta.Content.ToolCall) content).arguments());
      }
      assertThat(arguments).hasToString("{\"city\":\"Bonn\"}");
    }

    @Test
    void areNotMadeUnlessForced() throws Exception {
      Answer answer = bench.answer(tools(SMALL, new ToolChoice.Auto(), weather));
      assertThat(answer.parts()).hasOnlyElementsOfType(Part.Text.class);
    }

    @Test
    void failClearlyWhenTheToolIsUnknownOrTooHard() throws Exception {
      Failure unknown = bench.failure(tools(SMALL, new ToolChoice.Named("news"), weather));
      assertThat(unknown.field()).contains("tool_choice");
      Tool hard = tool("hard", "{\"type\":\"string\",\"pattern\":\"a\"}");
      Failure tooHard = bench.failure(tools(SMALL, new ToolChoice.Required(), hard));
      assertThat(tooHard.field()).contains("tools");
      assertThat(tooHard.message()).contains("pattern");
    }
  }
}
