package dev.assay.providers.sim;

import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.Role;
import dev.assay.core.request.Tool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How the simulator reads a request. */
final class Prompt {
  // What OpenAI counts for an image of low detail.
  private static final int IMAGE_TOKENS = 85;

  private Prompt() {}

  /**
   * The tokens of the prompt: one for each message's role, and those of its parts; before them
   * those of the tools.
   */
  static List<String> tokens(ChatRequest request) {
    List<String> tokens = new ArrayList<>();
    for (Tool tool : request.tools().tools()) {
      tokens.add("<tool>");
      tokens.addAll(SimTokens.split(tool.name()));
      tokens.addAll(SimTokens.split(tool.description().orElse("")));
      tool.parameters().ifPresent(schema -> tokens.addAll(SimTokens.split(schema.utf8())));
    }
    for (Message message : request.messages()) {
      tokens.add("<" + message.role() + ">");
      message.parts().forEach(part -> add(tokens, part));
    }
    return tokens;
  }

  /** The text of the last user message, or of the last message when no user has said anything. */
  static String question(ChatRequest request) {
    return request.messages().reversed().stream()
        .filter(message -> message.role() == Role.USER)
        .findFirst()
        .orElse(request.messages().getLast())
        .text();
  }

  private static void add(List<String> tokens, Part part) {
    switch (part) {
      case Part.Text(var text) -> tokens.addAll(SimTokens.split(text));
      case Part.ImageUrl image -> addImage(tokens, image.url());
      case Part.ImageData image -> addImage(tokens, image.base64());
      case Part.ToolCall call -> {
        tokens.addAll(SimTokens.split(call.name()));
        tokens.addAll(SimTokens.split(call.arguments()));
      }
      case Part.ToolResult result -> result.parts().forEach(inner -> add(tokens, inner));
      case Part.Reasoning reasoning -> tokens.addAll(SimTokens.split(reasoning.text()));
      case Part.Refusal(var text) -> tokens.addAll(SimTokens.split(text));
      case Part.DocumentUrl document -> addImage(tokens, document.url());
      case Part.DocumentData document -> addImage(tokens, document.base64());
      case Part.CachePoint _, Part.Logprobs _, Part.Embedding _, Part.TokenCount _ -> {}
      case Part.Opaque opaque -> tokens.addAll(SimTokens.split(opaque.json().utf8()));
    }
  }

  private static void addImage(List<String> tokens, String image) {
    tokens.addAll(Collections.nCopies(IMAGE_TOKENS, "<image " + image.hashCode() + ">"));
  }
}
