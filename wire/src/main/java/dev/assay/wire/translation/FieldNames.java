package dev.assay.wire.translation;

import dev.assay.core.request.WireFormat;

/**
 * What a format calls the fields of a request.
 *
 * @param messages the conversation
 * @param stop texts that end the answer
 * @param logprobs the wish for log probabilities
 * @param parallel whether several tools may be called at once
 * @param format the form of the answer
 * @param reasoningBudget the cap on reasoning tokens
 */
record FieldNames(
    String messages,
    String stop,
    String logprobs,
    String parallel,
    String format,
    String reasoningBudget) {
  private static final FieldNames CHAT =
      new FieldNames(
          "messages",
          "stop",
          "logprobs",
          "parallel_tool_calls",
          "response_format",
          "reasoning.max_tokens");
  private static final FieldNames RESPONSES =
      new FieldNames(
          "input",
          "stop",
          "top_logprobs",
          "parallel_tool_calls",
          "text.format",
          "reasoning.max_tokens");
  private static final FieldNames MESSAGES =
      new FieldNames(
          "messages",
          "stop_sequences",
          "logprobs",
          "tool_choice.disable_parallel_tool_use",
          "output_config.format",
          "thinking.budget_tokens");

  /** The names in a format; those of Chat Completions where no door speaks it. */
  static FieldNames of(WireFormat format) {
    return switch (format) {
      case OPENAI_RESPONSES -> RESPONSES;
      case ANTHROPIC_MESSAGES -> MESSAGES;
      case OPENAI_CHAT, OPENAI_EMBEDDINGS, GEMINI -> CHAT;
    };
  }
}
