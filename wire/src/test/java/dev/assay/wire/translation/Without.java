package dev.assay.wire.translation;

import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Signature;
import dev.assay.core.request.Tool;
import dev.assay.core.request.Tools;
import dev.assay.core.request.WireFormat;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Takes out of a request what a format loses, and nothing else. */
final class Without {
  private final WireFormat source;
  private final WireFormat target;
  private final Set<Feature> removed = EnumSet.noneOf(Feature.class);

  Without(WireFormat source, WireFormat target) {
    this.source = source;
    this.target = target;
  }

  /** What has been taken out. */
  Set<Feature> removed() {
    return removed;
  }

  private boolean loses(Feature feature, boolean has) {
    boolean lost = has && feature.fate(target) == Fate.LOST;
    if (lost) {
      removed.add(feature);
    }
    return lost;
  }

  ChatRequest of(ChatRequest request) {
    return new ChatRequest(
        request.model(),
        messages(request.messages()),
        sampling(request.sampling()),
        tools(request.tools()),
        format(request.format()),
        reasoning(request.reasoning()),
        request.streaming(),
        Optional.empty());
  }

  private List<Message> messages(List<Message> all) {
    List<Message> system = new ArrayList<>();
    List<Message> others = new ArrayList<>();
    List<Message> inOrder = new ArrayList<>();
    boolean moved = false;
    for (Message message : all) {
      boolean isSystem = message.role() == Role.SYSTEM;
      Message left =
          new Message(
              message.role(),
              parts(message.parts()),
              loses(Feature.SPEAKER_NAME, message.name().isPresent())
                  ? Optional.empty()
                  : message.name());
      moved |= loses(Feature.LATER_SYSTEM, isSystem && inOrder.size() > system.size());
      inOrder.add(left);
      (isSystem ? system : others).add(left);
    }
    system.addAll(others);
    return moved ? system : inOrder;
  }

  private List<Part> parts(List<Part> all) {
    // Gemini wants its signature back and not the words, which Chat Completions keep elsewhere.
    boolean signed =
        target == WireFormat.GEMINI
            && all.stream().flatMap(Without::signature).anyMatch(made -> made.format() == target);
    List<Part> left = new ArrayList<>();
    for (Part part : all) {
      if (!(signed && part instanceof Part.Reasoning && signature(part).findAny().isEmpty())) {
        part(part).ifPresent(left::add);
      }
    }
    return left;
  }

  private static Stream<Signature> signature(Part part) {
    return part instanceof Part.Reasoning(var _, var signature)
        ? signature.stream()
        : Stream.empty();
  }

  private Optional<Part> part(Part part) {
    return switch (part) {
      case Part.ImageUrl image ->
          Optional.of(new Part.ImageUrl(image.url(), detail(image.detail())));
      case Part.ImageData image ->
          Optional.of(
              new Part.ImageData(image.mediaType(), image.base64(), detail(image.detail())));
      case Part.DocumentUrl document ->
          Optional.of(
              new Part.DocumentUrl(
                  document.url(), name(Feature.DOCUMENT_URL_NAME, document.name())));
      case Part.DocumentData document ->
          Optional.of(
              new Part.DocumentData(
                  document.mediaType(),
                  document.base64(),
                  name(Feature.DOCUMENT_NAME, document.name())));
      case Part.ToolResult(var id, var parts, var failed) ->
          Optional.of(
              new Part.ToolResult(
                  id, parts(parts), failed && !loses(Feature.TOOL_RESULT_FAILED, failed)));
      case Part.Reasoning(var _, var signature)
          when loses(
              Feature.FOREIGN_REASONING,
              signature.map(made -> made.format() != target).orElse(true)) ->
          Optional.empty();
      case Part.Refusal(String text) when loses(Feature.EARLIER_REFUSAL, true) ->
          Optional.of(new Part.Text(text));
      case Part.CachePoint _ when loses(Feature.CACHE_POINT, true) -> Optional.empty();
      default -> Optional.of(part);
    };
  }

  private Optional<String> detail(Optional<String> detail) {
    return name(Feature.IMAGE_DETAIL, detail);
  }

  private Optional<String> name(Feature feature, Optional<String> name) {
    return loses(feature, name.isPresent()) ? Optional.empty() : name;
  }

  private Sampling sampling(Sampling asked) {
    return new Sampling(
        asked.temperature(),
        asked.topP(),
        asked.maxOutputTokens(),
        asked.stop(),
        loses(Feature.SEED, asked.seed().isPresent()) ? Optional.empty() : asked.seed(),
        asked.choices(),
        asked.topK(),
        asked.presencePenalty(),
        asked.frequencyPenalty(),
        asked.logprobs());
  }

  private Tools tools(Tools asked) {
    List<Tool> tools = new ArrayList<>();
    for (Tool tool : asked.tools()) {
      tools.add(
          new Tool(
              tool.name(),
              tool.description(),
              tool.parameters(),
              loses(Feature.TOOL_STRICT, tool.strict().orElse(false))
                  ? Optional.empty()
                  : tool.strict(),
              loses(Feature.CACHE_POINT, tool.cache().isPresent())
                  ? Optional.empty()
                  : tool.cache()));
    }
    boolean one = !tools.isEmpty() && !asked.parallel().orElse(true);
    return new Tools(
        tools,
        asked.choice(),
        loses(Feature.ONE_TOOL_AT_ONCE, one) ? Optional.empty() : asked.parallel());
  }

  private ResponseFormat format(ResponseFormat asked) {
    if (!(asked instanceof ResponseFormat.JsonSchema(var name, var schema, var strict))) {
      return asked;
    }
    // In Messages it has none.
    boolean named = source != WireFormat.ANTHROPIC_MESSAGES;
    return new ResponseFormat.JsonSchema(
        loses(Feature.SCHEMA_NAME, named) ? "response" : name,
        schema,
        loses(Feature.SCHEMA_NOT_STRICT, !strict.orElse(false)) ? Optional.of(true) : strict);
  }

  private ReasoningSetting reasoning(ReasoningSetting asked) {
    return loses(
            Feature.REASONING_BUDGET, asked.budgetTokens().filter(tokens -> tokens > 0).isPresent())
        ? new ReasoningSetting(asked.effort(), Optional.empty())
        : asked;
  }
}
