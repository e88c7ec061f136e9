package dev.assay.wire.translation;

import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.gemini.GeminiRequestWriter;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Fields without a canonical form that do not change what is answered, so that they may be lost
 * with a warning. Every other one refuses the request.
 */
public final class UnreadFields {
  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

  private static final Set<String> LOSABLE =
      Set.of(
          // Who asks, how it is billed, kept or cached.
          "user",
          "metadata",
          "store",
          "service_tier",
          "safety_identifier",
          "prompt_cache_key",
          "prompt_cache_retention",
          "prompt_cache_options",
          "inference_geo",
          // How it is sent.
          "stream_options.include_obfuscation",
          "tools[].eager_input_streaming",
          // A faster way to the same answer.
          "prediction",
          // A wish for the form of the answer that no schema checks.
          "verbosity",
          "text.verbosity",
          // Words about a schema that is itself kept.
          "response_format.json_schema.description",
          "text.format.description",
          // What is shown of the reasoning.
          "reasoning.summary",
          "reasoning.generate_summary",
          "reasoning.exclude",
          "thinking.display",
          // What an earlier answer says of itself.
          "input[].id",
          "input[].status",
          "input[].phase",
          "input[].content[].annotations",
          "input[].content[].logprobs",
          "messages[].annotations",
          "messages[].audio",
          "messages[].id",
          "messages[].phase",
          "messages[].content[].caller",
          "messages[].content[].citations",
          "messages[].content[].title",
          "messages[].content[].context",
          // What OpenAI's clients parse out of an earlier answer and keep beside its text.
          "input[].parsed_arguments",
          "input[].content[].parsed",
          "messages[].parsed",
          "messages[].tool_calls[].function.parsed_arguments");

  private UnreadFields() {}

  /** Whether a format reads a field out of the client's body. */
  static boolean understood(String path, Wire wire, WireFormat target) {
    return target == WireFormat.GEMINI
        && path.equals(GeminiRequestWriter.CACHED_CONTENT)
        && GeminiRequestWriter.cachedContent(wire).isPresent();
  }

  /** Whether a field may be lost. */
  static boolean mayBeLost(String path) {
    return LOSABLE.contains(INDEX.matcher(path).replaceAll("[]"));
  }

  /** The fields that may be lost; {@code []} stands for any place in an array. */
  public static Set<String> losable() {
    return LOSABLE;
  }
}
