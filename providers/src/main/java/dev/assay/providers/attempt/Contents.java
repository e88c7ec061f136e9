package dev.assay.providers.attempt;

import dev.assay.core.model.Delta;
import dev.assay.core.request.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of a whole answer as pieces of a stream. */
final class Contents {
  private Contents() {}

  static List<Delta.Content> of(List<Part> parts) {
    List<Delta.Content> contents = new ArrayList<>();
    int calls = 0;
    for (Part part : parts) {
      switch (part) {
        case Part.Text(var text) -> contents.add(new Delta.Content.Text(text));
        case Part.Reasoning(var text, var signature) -> {
          if (!text.isEmpty()) {
            contents.add(new Delta.Content.Reasoning(text));
          }
          signature.map(Delta.Content.Signed::new).ifPresent(contents::add);
        }
        case Part.Refusal(var text) -> contents.add(new Delta.Content.Refusal(text));
        case Part.Logprobs(var tokens) -> contents.add(new Delta.Content.Logprobs(tokens));
        case Part.ToolCall(var id, var name, var arguments) ->
            contents.add(
                new Delta.Content.ToolCall(calls++, Optional.of(id), Optional.of(name), arguments));
        case Part.ImageUrl _,
            Part.ImageData _,
            Part.DocumentUrl _,
            Part.DocumentData _,
            Part.ToolResult _,
            Part.CachePoint _,
            Part.Embedding _,
            Part.TokenCount _,
            Part.Opaque _ -> {}
      }
    }
    return contents;
  }
}
