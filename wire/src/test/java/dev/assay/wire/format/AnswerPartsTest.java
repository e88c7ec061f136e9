package dev.assay.wire.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.request.Part;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AnswerPartsTest {
  private final AnswerParts answer = new AnswerParts();

  private void call(
      int index, @Nullable String id, @Nullable String name, @Nullable String arguments) {
    answer.add(answer.toolCall(index, id, name, arguments));
  }

  @Test
  void calls_that_say_the_same_index_are_told_apart_by_their_identifiers() {
    call(0, "a", "f", "{");
    call(0, null, null, "}");
    call(0, "b", "g", "[");
    call(0, null, null, "]");
    call(1, "c", "h", "{}");
    assertThat(answer.parts())
        .containsExactly(
            new Part.ToolCall("a", "f", "{}"),
            new Part.ToolCall("b", "g", "[]"),
            new Part.ToolCall("c", "h", "{}"));
  }

  @Test
  void an_identifier_goes_back_to_its_call() {
    call(0, "a", "f", "{");
    call(0, "b", "g", "[");
    call(0, "a", "f", "}");
    call(0, "b", "g", "]");
    assertThat(answer.parts())
        .containsExactly(new Part.ToolCall("a", "f", "{}"), new Part.ToolCall("b", "g", "[]"));
  }

  @Test
  void a_new_identifier_without_a_name_is_no_new_call() {
    call(0, "a", "f", "{");
    call(0, "x", null, "}");
    assertThat(answer.parts()).containsExactly(new Part.ToolCall("a", "f", "{}"));
  }

  @Test
  void indexes_may_begin_at_one() {
    call(1, "a", "f", "{");
    call(1, null, null, "}");
    assertThat(answer.parts()).containsExactly(new Part.ToolCall("a", "f", "{}"));
  }
}
