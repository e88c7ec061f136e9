package dev.assay.wire.anthropic;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Requests and answers that Messages can say exactly, made by chance: no neighbours of one role, at
 * most one system message, and no empty text.
 */
final class RandomTalk {
  private static final List<String> WORDS =
      List.of(
          "a", "hello there", "\"quoted\"\n\ttab", "ünïcödé 🙂", "{\"not\":json", "\\u0000", " ");
  private static final List<String> EFFORTS = List.of("low", "medium", "high", "xhigh", "max");

  private final Random random;

  RandomTalk(long seed) {
    this.random = new Random(seed);
  }

  private boolean maybe() {
    return random.nextBoolean();
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private <T> Optional<T> perhaps(T value) {
    return maybe() ? Optional.of(value) : Optional.empty();
  }

  private String words() {
    return one(WORDS) + random.nextInt(100);
  }

  private String json() {
    return one(
        List.of(
            "{}", "{\"a\": 1.50}", "{ \"b\":[null, true, \"x\\u00e9\"] }", "{\"c\":{\"d\":{}}}"));
  }

  ChatRequest request() {
    List<Message> messages = new ArrayList<>();
    if (maybe()) {
      messages.add(message(Role.SYSTEM, cached(texts())));
    }
    int turns = 1 + random.nextInt(4);
    for (int turn = 0; turn < turns; turn++) {
      if (turn > 0 && maybe()) {
        messages.add(message(Role.TOOL, cached(results())));
        if (maybe()) {
          messages.add(message(Role.USER, cached(said())));
        }
      } else {
        messages.add(message(Role.USER, cached(said())));
      }
      messages.add(message(Role.ASSISTANT, cached(answered())));
    }
    return new ChatRequest(
        "claude-sonnet-5",
        messages,
        sampling(),
        tools(),
        maybe()
            ? new ResponseFormat.Text()
            : new ResponseFormat.JsonSchema("response", Bytes.utf8(json()), Optional.of(true)),
        reasoning(),
        maybe() ? Streaming.NONE : Streaming.EVENTS_WITH_USAGE,
        Optional.empty());
  }

  private static Message message(Role role, List<Part> parts) {
    return new Message(role, parts, Optional.empty());
  }

  private List<Part> cached(List<Part> parts) {
    boolean sayable =
        !(parts.getLast() instanceof Part.Reasoning || parts.getLast() instanceof Part.Opaque);
    if (sayable && random.nextInt(4) == 0) {
      parts.add(new Part.CachePoint(new CacheHint(perhaps("1h"))));
    }
    return parts;
  }

  private List<Part> texts() {
    List<Part> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      parts.add(new Part.Text(words()));
    }
    return parts;
  }

  private List<Part> said() {
    List<Part> parts = texts();
    for (int i = random.nextInt(3); i > 0; i--) {
      parts.add(random.nextInt(parts.size() + 1), media());
    }
    return parts;
  }

  private Part media() {
    return switch (random.nextInt(5)) {
      case 0 -> new Part.ImageUrl("https://example.org/" + random.nextInt(), Optional.empty());
      case 1 -> new Part.ImageData("image/png", "aGk=", Optional.empty());
      case 2 -> new Part.DocumentData("application/pdf", "JVBERg==", perhaps("a.pdf"));
      case 3 -> new Part.DocumentData("text/plain", "w6TDtsO8", perhaps("notes"));
      default -> new Part.DocumentUrl("https://example.org/d.pdf", perhaps("d.pdf"));
    };
  }

  private List<Part> results() {
    List<Part> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<Part> content = new ArrayList<>();
      for (int j = random.nextInt(3); j > 0; j--) {
        content.add(maybe() ? new Part.Text(words()) : media());
      }
      parts.add(new Part.ToolResult("toolu_" + i, content, maybe()));
    }
    return parts;
  }

  private List<Part> answered() {
    List<Part> parts = new ArrayList<>();
    if (maybe()) {
      parts.add(
          maybe()
              ? new Part.Reasoning(words(), Optional.of(sign(Signature.Kind.SIGNATURE)))
              : new Part.Reasoning("", Optional.of(sign(Signature.Kind.ENCRYPTED))));
    }
    parts.add(new Part.Text(words()));
    for (int i = random.nextInt(3); i > 0; i--) {
      parts.add(new Part.ToolCall("toolu_" + i, "f" + i, json()));
    }
    return parts;
  }

  private Signature sign(Signature.Kind kind) {
    return new Signature(
        WireFormat.ANTHROPIC_MESSAGES, kind, "sig+/=" + random.nextInt(), Optional.empty());
  }

  private Signature foreign() {
    return new Signature(
        WireFormat.GEMINI, Signature.Kind.SIGNATURE, "g.1." + random.nextInt(), perhaps("rs_1"));
  }

  private Sampling sampling() {
    return new Sampling(
        perhaps(random.nextInt(101) / 100.0),
        perhaps(random.nextInt(101) / 100.0),
        Optional.of(random.nextLong(1, 100_000)),
        maybe() ? List.of() : List.of("END", words()),
        Optional.empty(),
        Optional.empty(),
        perhaps(random.nextInt(500)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Tools tools() {
    if (maybe()) {
      return Tools.NONE;
    }
    List<Tool> tools = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      tools.add(
          new Tool(
              "tool_" + i,
              perhaps(words()),
              Optional.of(Bytes.utf8("{\"type\": \"object\" , \"x\":" + json() + "}")),
              perhaps(maybe()),
              random.nextInt(4) == 0
                  ? Optional.of(new CacheHint(perhaps("5m")))
                  : Optional.empty()));
    }
    return switch (random.nextInt(5)) {
      case 0 -> new Tools(tools, Optional.empty(), Optional.empty());
      case 1 -> new Tools(tools, Optional.of(new ToolChoice.Forbidden()), Optional.empty());
      case 2 -> new Tools(tools, Optional.of(new ToolChoice.Auto()), perhaps(maybe()));
      case 3 -> new Tools(tools, Optional.of(new ToolChoice.Required()), perhaps(maybe()));
      default -> new Tools(tools, Optional.of(new ToolChoice.Named("tool_0")), perhaps(maybe()));
    };
  }

  private ReasoningSetting reasoning() {
    return switch (random.nextInt(3)) {
      case 0 -> ReasoningSetting.DEFAULT;
      case 1 -> new ReasoningSetting(Optional.of(one(EFFORTS)), Optional.empty());
      default -> new ReasoningSetting(perhaps(one(EFFORTS)), Optional.of(0L));
    };
  }

  /** An answer without neighbours of one kind. */
  List<Part> answer() {
    List<Part> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      parts.add(
          switch (random.nextInt(4)) {
            case 0 -> new Part.Reasoning("", Optional.of(sign(Signature.Kind.ENCRYPTED)));
            case 1 -> new Part.Reasoning("", Optional.of(foreign()));
            case 2 -> new Part.Reasoning(words(), Optional.of(foreign()));
            default -> new Part.Reasoning(words(), Optional.of(sign(Signature.Kind.SIGNATURE)));
          });
    }
    if (maybe()) {
      parts.add(new Part.Text(words()));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      parts.add(new Part.ToolCall("toolu_" + i, "f" + i, json()));
      if (random.nextInt(4) == 0) {
        parts.add(new Part.Text(words()));
      }
    }
    return parts;
  }

  /** The text in pieces. */
  List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to = text.offsetByCodePoints(from, 1);
      while (to < text.length() && maybe()) {
        to = text.offsetByCodePoints(to, 1);
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }
}
