package dev.assay.wire.translation;

import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Tools;
import dev.assay.core.request.WireFormat;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the features that a request has. For one thread. */
final class Features {
  private final WireFormat source;
  private final FieldNames names;
  private final WireFormat target;
  private final Map<Feature, String> found = new EnumMap<>(Feature.class);

  private Features(WireFormat source, WireFormat target) {
    this.source = source;
    this.names = FieldNames.of(source);
    this.target = target;
  }

  /**
   * The features of a request that leaves in a format, each with the field that has it.
   *
   * @param source the format whose names the fields have
   */
  static Map<Feature, String> of(ChatRequest request, WireFormat source, WireFormat target) {
    Features features = new Features(source, target);
    features.messages(request.messages());
    features.sampling(request.sampling());
    features.tools(request.tools());
    features.format(request.format());
    features.addIf(
        request.reasoning().budgetTokens().filter(tokens -> tokens > 0).isPresent(),
        Feature.REASONING_BUDGET,
        features.names.reasoningBudget());
    return features.found;
  }

  /**
   * Whether a request brings back reasoning with the signature of another format.
   *
   * @param orNowhere whether reasoning without a signature counts too
   */
  static boolean signedElsewhere(ChatRequest request, WireFormat format, boolean orNowhere) {
    for (Message message : request.messages()) {
      for (Part part : message.parts()) {
        if (part instanceof Part.Reasoning(var _, var signature)
            && signature.map(made -> made.format() != format).orElse(orNowhere)) {
          return true;
        }
      }
    }
    return false;
  }

  private void add(Feature feature, String field) {
    found.putIfAbsent(feature, field);
  }

  private void addIf(boolean has, Feature feature, String field) {
    if (has) {
      add(feature, field);
    }
  }

  private void messages(List<Message> messages) {
    boolean others = false;
    for (Message message : messages) {
      boolean system = message.role() == Role.SYSTEM;
      addIf(system && others, Feature.LATER_SYSTEM, names.messages());
      others |= !system;
      addIf(message.name().isPresent(), Feature.SPEAKER_NAME, names.messages());
      boolean signed = signedForGemini(message);
      for (Part part : message.parts()) {
        if (!(signed && part instanceof Part.Reasoning(var _, var none) && none.isEmpty())) {
          part(part);
        }
      }
      addIf(textBehindCall(message), Feature.TEXT_BEHIND_CALL, names.messages());
    }
  }

  // Gemini wants its signature back and not the words, which Chat Completions keep elsewhere.
  private boolean signedForGemini(Message message) {
    return target == WireFormat.GEMINI
        && message.parts().stream()
            .anyMatch(part ->
                part instanceof Part.Reasoning(var _, var signature)
                    && signature.filter(made -> made.format() == target).isPresent());
  }

  private void part(Part part) {
    String field = names.messages();
    switch (part) {
      case Part.ImageUrl(var _, var detail) ->
          addIf(detail.isPresent(), Feature.IMAGE_DETAIL, field);
      case Part.ImageData(var _, var _, var detail) ->
          addIf(detail.isPresent(), Feature.IMAGE_DETAIL, field);
      case Part.DocumentUrl(var _, var name) -> {
        add(Feature.DOCUMENT_URL, field);
        addIf(name.isPresent(), Feature.DOCUMENT_URL_NAME, field);
      }
      case Part.DocumentData(var _, var _, var name) ->
          addIf(name.isPresent(), Feature.DOCUMENT_NAME, field);
      case Part.ToolResult(var _, var parts, var failed) -> {
        addIf(failed, Feature.TOOL_RESULT_FAILED, field);
        addIf(parts.stream().anyMatch(Features::isMedia), Feature.TOOL_RESULT_MEDIA, field);
        parts.forEach(this::part);
      }
      case Part.Reasoning(var _, var signature) ->
          addIf(
              signature.isEmpty() || signature.get().format() != target,
              Feature.FOREIGN_REASONING,
              field);
      case Part.Refusal _ -> add(Feature.EARLIER_REFUSAL, field);
      case Part.CachePoint _ -> add(Feature.CACHE_POINT, field);
      case Part.Opaque(var format, var _) -> addIf(format != target, Feature.FOREIGN_PART, field);
      case Part.Text _, Part.ToolCall _, Part.Logprobs _, Part.Embedding _, Part.TokenCount _ -> {}
    }
  }

  private static boolean textBehindCall(Message message) {
    boolean called = false;
    for (Part part : message.parts()) {
      if (called && part instanceof Part.Text) {
        return true;
      }
      called |= part instanceof Part.ToolCall;
    }
    return false;
  }

  private static boolean isMedia(Part part) {
    return part instanceof Part.ImageUrl
        || part instanceof Part.ImageData
        || part instanceof Part.DocumentUrl
        || part instanceof Part.DocumentData;
  }

  private void sampling(Sampling sampling) {
    addIf(!sampling.stop().isEmpty(), Feature.STOP, names.stop());
    addIf(sampling.seed().isPresent(), Feature.SEED, "seed");
    addIf(sampling.choices().filter(n -> n > 1).isPresent(), Feature.CHOICES, "n");
    addIf(
        sampling.temperature().filter(t -> t > 1).isPresent(),
        Feature.TEMPERATURE_ABOVE_ONE,
        "temperature");
    addIf(sampling.topK().isPresent(), Feature.TOP_K, "top_k");
    addIf(penalty(sampling.presencePenalty()), Feature.PENALTIES, "presence_penalty");
    addIf(penalty(sampling.frequencyPenalty()), Feature.PENALTIES, "frequency_penalty");
    addIf(sampling.logprobs().isPresent(), Feature.LOGPROBS, names.logprobs());
  }

  private static boolean penalty(Optional<Double> penalty) {
    return penalty.filter(p -> p != 0).isPresent();
  }

  private void tools(Tools tools) {
    tools
        .tools()
        .forEach(tool -> {
          addIf(tool.strict().orElse(false), Feature.TOOL_STRICT, "tools");
          addIf(tool.cache().isPresent(), Feature.CACHE_POINT, "tools");
        });
    addIf(
        !tools.tools().isEmpty() && !tools.parallel().orElse(true),
        Feature.ONE_TOOL_AT_ONCE,
        names.parallel());
  }

  private void format(ResponseFormat format) {
    switch (format) {
      case ResponseFormat.Text() -> {}
      case ResponseFormat.JsonObject() -> add(Feature.JSON_OBJECT, names.format());
      case ResponseFormat.JsonSchema(var _, var _, var strict) -> {
        // In Messages it has none.
        addIf(source != WireFormat.ANTHROPIC_MESSAGES, Feature.SCHEMA_NAME, names.format());
        // OpenAI enforces it only when told so; the reader of Messages always says so.
        addIf(!strict.orElse(false), Feature.SCHEMA_NOT_STRICT, names.format());
      }
    }
  }
}
