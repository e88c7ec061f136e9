package dev.assay.wire.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.openai.ChatRequestReader;
import dev.assay.wire.responses.ResponsesRequestReader;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clients send earlier answers back with what they themselves put into them. */
class UnreadFieldsTest {
  @Test
  void what_openai_clients_parsed_out_of_a_response_is_left_out_with_a_warning() {
    String body =
        """
        {"model":"m","input":[
          {"role":"user","content":"Where?"},
          {"type":"message","role":"assistant","content":[
            {"type":"output_text","text":"{}","annotations":[],"parsed":{"city":"Ulm"}}]},
          {"type":"function_call","call_id":"c","name":"f","arguments":"{}",
           "parsed_arguments":{"city":"Ulm"}},
          {"type":"function_call_output","call_id":"c","output":"rain"}]}
        """;
    RequestRead read = ResponsesRequestReader.read(Bytes.utf8(body), Map.of(), Optional.empty());
    assertWarned(
        read, WireFormat.OPENAI_CHAT, "input[1].content[0].parsed", "input[2].parsed_arguments");
  }

  @Test
  void what_openai_clients_parsed_out_of_a_completion_is_left_out_with_a_warning() {
    String body =
        """
        {"model":"m","messages":[
          {"role":"user","content":"Where?"},
          {"role":"assistant","content":"{}","parsed":{"city":"Ulm"},"tool_calls":[
            {"id":"c","type":"function","function":
              {"name":"f","arguments":"{}","parsed_arguments":{"city":"Ulm"}}}]},
          {"role":"tool","tool_call_id":"c","content":"rain"}]}
        """;
    RequestRead read = ChatRequestReader.read(Bytes.utf8(body), Map.of(), Optional.empty());
    assertWarned(
        read,
        WireFormat.OPENAI_RESPONSES,
        "messages[1].parsed",
        "messages[1].tool_calls[0].function.parsed_arguments");
  }

  private static void assertWarned(RequestRead read, WireFormat target, String... fields) {
    assertThat(read).isInstanceOf(RequestRead.Valid.class);
    Translation translation = Translation.of(((RequestRead.Valid) read).request(), target);
    assertThat(translation).isInstanceOf(Translation.Possible.class);
    assertThat(((Translation.Possible) translation).warnings())
        .hasSize(fields.length)
        .allSatisfy(
            warning -> assertThat(fields).anyMatch(field -> warning.startsWith(field + ": ")));
  }
}
