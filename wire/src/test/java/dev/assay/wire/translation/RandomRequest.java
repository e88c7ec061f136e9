package dev.assay.wire.translation;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.CacheHint;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Signature;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.SignatureText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Requests with everything that any format can say, made by chance. What most formats refuse is
 * rare. No text is empty, arguments are objects, and tool calls stand behind the text.
 */
final class RandomRequest {
  private static final List<String> WORDS =
      List.of("hello", "\"quoted\"\n\ttab", "ünïcödé 🙂", "{\"not\":json", "\\u0000", " ", "</x>");
  private static final List<WireFormat> OWNERS =
      List.of(WireFormat.OPENAI_RESPONSES, WireFormat.ANTHROPIC_MESSAGES, WireFormat.GEMINI);
  private static final List<String> SCHEMAS =
      List.of(
          "{\"type\": \"object\", \"properties\":{\"a\":{}}}",
          "{\"properties\":{\"b\":{\"enum\":[1.50, null, \"\\u00e9\"]}}}",
          "{\"properties\":{\"type\": {}}, \"type\": \"object\"}");

  private final Random random;
  private final WireFormat door;
  private int calls;

  /** Requests for a door; the reasoning of others is tagged as its clients send it back. */
  RandomRequest(long seed, WireFormat door) {
    this.random = new Random(seed);
    this.door = door;
  }

  ChatRequest next() {
    List<Message> messages = new ArrayList<>();
    if (chance(2)) {
      messages.add(message(Role.SYSTEM, texts()));
    }
    int turns = 1 + random.nextInt(4);
    List<Part> open = List.of();
    for (int turn = 0; turn < turns; turn++) {
      if (!open.isEmpty()) {
        messages.add(message(Role.TOOL, results(open)));
      }
      if (open.isEmpty() || chance(2)) {
        messages.add(message(Role.USER, said()));
      }
      if (chance(8)) {
        messages.add(message(Role.SYSTEM, texts()));
      }
      List<Part> answered = answered();
      open = answered.stream().filter(Part.ToolCall.class::isInstance).toList();
      messages.add(message(Role.ASSISTANT, answered));
    }
    messages.add(open.isEmpty() ? message(Role.USER, said()) : message(Role.TOOL, results(open)));
    return new ChatRequest(
        "m",
        messages,
        sampling(),
        tools(),
        format(),
        reasoning(),
        chance(2) ? Streaming.NONE : Streaming.EVENTS_WITH_USAGE,
        Optional.empty());
  }

  private Message message(Role role, List<Part> parts) {
    return new Message(
        role, parts, role == Role.TOOL ? Optional.empty() : perhaps(12, () -> "anna"));
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> Optional<T> perhaps(int of, Supplier<T> value) {
    return chance(of) ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String words() {
    return one(WORDS) + random.nextInt(1000);
  }

  private List<Part> texts() {
    List<Part> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      parts.add(new Part.Text(words()));
      cachePoint().ifPresent(parts::add);
    }
    return parts;
  }

  private Optional<Part> cachePoint() {
    return perhaps(12, () -> new Part.CachePoint(new CacheHint(perhaps(2, () -> "1h"))));
  }

  private List<Part> said() {
    List<Part> parts = texts();
    for (int i = random.nextInt(3); i > 0; i--) {
      parts.add(media());
    }
    if (chance(2)) {
      parts.add(new Part.Text(words()));
    }
    return parts;
  }

  private Part media() {
    String data = one(List.of("aGk=", "QUJD", "w6TDtsO8"));
    return switch (random.nextInt(12)) {
      case 0 -> new Part.DocumentUrl("https://example.org/d.pdf", perhaps(2, () -> "d.pdf"));
      case 1, 2, 3 -> new Part.DocumentData("application/pdf", data, perhaps(2, () -> "a.pdf"));
      case 4, 5 -> new Part.DocumentData("text/plain", data, perhaps(2, () -> "notes"));
      case 6, 7 ->
          new Part.ImageUrl("https://example.org/" + random.nextInt(), perhaps(4, () -> "low"));
      default -> new Part.ImageData("image/png", data, perhaps(4, () -> "high"));
    };
  }

  private List<Part> results(List<Part> calls) {
    List<Part> results = new ArrayList<>();
    for (Part call : calls) {
      List<Part> parts = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        parts.add(chance(12) ? media() : new Part.Text(words()));
      }
      results.add(new Part.ToolResult(((Part.ToolCall) call).id(), parts, chance(5)));
      cachePoint().ifPresent(results::add);
    }
    return results;
  }

  private List<Part> answered() {
    List<Part> parts = new ArrayList<>();
    for (int i = random.nextInt(5) - 2; i > 0; i--) {
      parts.add(
          chance(6)
              ? new Part.Reasoning(words(), Optional.empty())
              : reasoning(chance(3) ? "" : words()));
    }
    // Now and then there is nothing but reasoning.
    if (parts.isEmpty() || !chance(8)) {
      if (chance(12)) {
        parts.add(new Part.Refusal(words()));
      } else {
        parts.addAll(texts());
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        if (chance(4)) {
          parts.add(signed("", WireFormat.GEMINI, Signature.Kind.SIGNATURE));
        }
        String arguments = one(List.of("{}", "{\"a\": 1.50}", "{ \"b\":[null, \"x\\u00e9\"] }"));
        parts.add(new Part.ToolCall("call_" + calls++, "f" + i, arguments));
      }
    }
    return parts;
  }

  private Part reasoning(String text) {
    return switch (one(OWNERS)) {
      case OPENAI_RESPONSES -> signed(text, WireFormat.OPENAI_RESPONSES, Signature.Kind.ENCRYPTED);
      case ANTHROPIC_MESSAGES ->
          text.isEmpty()
              ? signed("", WireFormat.ANTHROPIC_MESSAGES, Signature.Kind.ENCRYPTED)
              : signed(text, WireFormat.ANTHROPIC_MESSAGES, Signature.Kind.SIGNATURE);
      default -> signed(text, WireFormat.GEMINI, Signature.Kind.SIGNATURE);
    };
  }

  private Part signed(String text, WireFormat owner, Signature.Kind kind) {
    Signature signature =
        new Signature(owner, kind, "v." + random.nextInt(1000) + "+/==", Optional.empty());
    // Chat Completions says whose it is beside it.
    return door == WireFormat.OPENAI_CHAT || door == owner
        ? new Part.Reasoning(text, Optional.of(signature))
        : new Part.Reasoning(text, Optional.of(tagged(text, signature)));
  }

  private Signature tagged(String text, Signature signature) {
    boolean proof = door == WireFormat.ANTHROPIC_MESSAGES && !text.isEmpty();
    return new Signature(
        door,
        proof ? Signature.Kind.SIGNATURE : Signature.Kind.ENCRYPTED,
        SignatureText.write(signature, door),
        Optional.empty());
  }

  private boolean hot() {
    return chance(8) && door != WireFormat.ANTHROPIC_MESSAGES;
  }

  private Sampling sampling() {
    return new Sampling(
        perhaps(2, () -> random.nextInt(hot() ? 200 : 101) / 100.0),
        perhaps(2, () -> random.nextInt(101) / 100.0),
        perhaps(2, () -> random.nextLong(40_000, 100_000)),
        chance(8) ? List.of("END", words()) : List.of(),
        perhaps(6, () -> chance(3) ? random.nextLong() : random.nextLong(1_000_000)),
        perhaps(12, () -> 1 + random.nextInt(2)),
        perhaps(12, () -> 1 + random.nextInt(500)),
        perhaps(12, () -> random.nextInt(3) / 2.0),
        perhaps(12, () -> random.nextInt(3) / 2.0),
        perhaps(12, () -> random.nextInt(5)));
  }

  private Tools tools() {
    List<Tool> tools = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tools.add(
          new Tool(
              "f" + i,
              perhaps(2, this::words),
              perhaps(2, () -> Bytes.utf8(one(SCHEMAS))),
              perhaps(2, () -> chance(2)),
              perhaps(12, () -> new CacheHint(Optional.of("5m")))));
    }
    Optional<ToolChoice> choice =
        tools.isEmpty()
            ? Optional.empty()
            : perhaps(
                2,
                () ->
                    one(
                        List.of(
                            new ToolChoice.Auto(),
                            new ToolChoice.Forbidden(),
                            new ToolChoice.Required(),
                            new ToolChoice.Named("f1"))));
    return new Tools(tools, choice, perhaps(3, () -> chance(2)));
  }

  private ResponseFormat format() {
    return switch (random.nextInt(12)) {
      case 0 -> new ResponseFormat.JsonObject();
      case 1, 2, 3 ->
          new ResponseFormat.JsonSchema(
              "mine", Bytes.utf8(one(SCHEMAS)), perhaps(2, () -> chance(2)));
      default -> new ResponseFormat.Text();
    };
  }

  private ReasoningSetting reasoning() {
    return switch (random.nextInt(6)) {
      case 0 -> new ReasoningSetting(Optional.empty(), Optional.of(0L));
      case 1 ->
          new ReasoningSetting(perhaps(3, () -> "low"), Optional.of(random.nextLong(1024, 30_000)));
      case 2, 3 ->
          new ReasoningSetting(
              Optional.of(one(List.of("none", "minimal", "low", "medium", "high", "xhigh", "max"))),
              Optional.empty());
      default -> ReasoningSetting.DEFAULT;
    };
  }
}
