package dev.assay.gateway.tokens;

import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Tool;
import dev.assay.core.request.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Adds up the tokens of what is asked or said, as far as it is text: what a message costs beside
 * its text is that of Chat Completions (OpenAI Cookbook, How to count tokens with tiktoken). For
 * one thread.
 */
final class TokenCounter {
  private static final int MESSAGE = 3;
  private static final int NAME = 1;
  private static final int ANSWER_BEGINS = 3;

  // What they name is a part of the prompt, but it is with the provider.
  private static final Set<String> ELSEWHERE =
      Set.of("previous_response_id", "conversation", "prompt", "cachedContent", "cached_content");

  // Behind that, all text is counted as if it went on as it began: the time is bounded.
  private static final int MOST_READ = 400_000;

  private final Tokenizer tokenizer;
  private long tokens;
  private long read;
  private long readTokens;
  private long unread;
  private boolean countable = true;

  private TokenCounter(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The input tokens of a conversation; empty when not all of it is text. */
  static OptionalLong input(ChatRequest request, Tokenizer tokenizer) {
    TokenCounter counter = new TokenCounter(tokenizer);
    counter.countable =
        request.wire().map(Wire::unread).orElse(List.of()).stream().noneMatch(ELSEWHERE::contains);
    request.messages().forEach(counter::add);
    request.tools().tools().forEach(counter::add);
    if (request.format() instanceof ResponseFormat.JsonSchema schema) {
      counter.add(schema.name());
      counter.add(schema.schema().utf8());
    }
    counter.tokens += ANSWER_BEGINS;
    return counter.sum();
  }

  /** The tokens of texts to be embedded. */
  static OptionalLong input(EmbeddingRequest request, Tokenizer tokenizer) {
    TokenCounter counter = new TokenCounter(tokenizer);
    request.texts().forEach(counter::add);
    return counter.sum();
  }

  /** The tokens of what a model said; empty when not all of it is text. */
  static OptionalLong output(List<Part> said, Tokenizer tokenizer) {
    TokenCounter counter = new TokenCounter(tokenizer);
    said.forEach(counter::add);
    return counter.sum();
  }

  private OptionalLong sum() {
    if (!countable) {
      return OptionalLong.empty();
    }
    long unreadTokens = unread == 0 ? 0 : unread * readTokens / read;
    return OptionalLong.of(tokens + readTokens + unreadTokens);
  }

  private void add(String text) {
    // Once something cannot be counted, the rest is not worth the time.
    if (!countable) {
      return;
    }
    int part = (int) Math.min(text.length(), MOST_READ - read);
    readTokens += tokenizer.count(text.substring(0, part));
    read += part;
    unread += text.length() - part;
  }

  private void add(Message message) {
    tokens += MESSAGE;
    message
        .name()
        .ifPresent(name -> {
          tokens += NAME;
          add(name);
        });
    message.parts().forEach(this::add);
  }

  private void add(Tool tool) {
    add(tool.name());
    tool.description().ifPresent(this::add);
    tool.parameters().ifPresent(schema -> add(schema.utf8()));
  }

  private void add(Part part) {
    switch (part) {
      case Part.Text(var text) -> add(text);
      case Part.Reasoning reasoning -> add(reasoning.text());
      case Part.Refusal(var text) -> add(text);
      case Part.ToolCall call -> {
        add(call.name());
        add(call.arguments());
      }
      case Part.ToolResult result -> result.parts().forEach(this::add);
      case Part.DocumentData document -> add(document);
      case Part.ImageUrl _, Part.ImageData _, Part.DocumentUrl _, Part.Opaque _ ->
          countable = false;
      case Part.CachePoint _, Part.Logprobs _, Part.Embedding _, Part.TokenCount _ -> {}
    }
  }

  private void add(Part.DocumentData document) {
    if (!document.mediaType().toLowerCase(Locale.ROOT).startsWith("text/")) {
      countable = false;
      return;
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(document.base64());
      add(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      countable = false;
    }
  }
}
