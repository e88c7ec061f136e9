package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import dev.assay.core.request.ReasoningSetting;
import dev.assay.core.request.ResponseFormat;
import dev.assay.core.request.Role;
import dev.assay.core.request.Sampling;
import dev.assay.core.request.Signature;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.TokenLogprob;
import dev.assay.core.request.Tool;
import dev.assay.core.request.ToolChoice;
import dev.assay.core.request.Tools;
import dev.assay.core.request.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Conversations and answers with everything that Responses can say, in the form in which its reader
 * gives them: nothing of the model's or of tools in two messages that follow each other, no text
 * behind a text, a name for each document by value and none for one by address.
 */
final class RandomConversation {
  private static final String[] WORDS = {
    "hi", " ", "\"quoted\"", "\n\n", "🙂", "é", "\u0000", "</x>", "a\\b", "[DONE]"
  };

  private static final List<Role> ROLES = List.of(Role.values());

  private final Random random;

  RandomConversation(long seed) {
    this.random = new Random(seed);
  }

  ChatRequest request() {
    return new ChatRequest(
        "m" + random.nextInt(3),
        messages(),
        new Sampling(
            maybe(random::nextDouble),
            maybe(random::nextDouble),
            maybe(() -> 1L + random.nextInt(9999)),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            maybe(() -> random.nextInt(5))),
        tools(),
        format(),
        new ReasoningSetting(maybe(() -> random.nextBoolean() ? "none" : "low"), Optional.empty()),
        random.nextBoolean() ? Streaming.NONE : Streaming.EVENTS_WITH_USAGE,
        Optional.empty());
  }

  private List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    for (int left = random.nextInt(6); left >= 0; left--) {
      Role last = messages.isEmpty() ? Role.USER : messages.getLast().role();
      Role role = ROLES.get(random.nextInt(ROLES.size()));
      if (role != last || role == Role.USER || role == Role.SYSTEM) {
        messages.add(new Message(role, parts(role), Optional.empty()));
      }
    }
    messages.add(Message.text(Role.USER, text()));
    return messages;
  }

  private List<Part> parts(Role role) {
    return switch (role) {
      case SYSTEM -> some(() -> new Part.Text(text()));
      case USER -> some(this::media);
      case TOOL -> some(() -> new Part.ToolResult(text(), some(this::media), false));
      case ASSISTANT ->
          some(() ->
              switch (random.nextInt(5)) {
                case 0 -> new Part.Text(text());
                case 1 -> new Part.Refusal(text());
                case 2 -> new Part.ToolCall(text(), text(), text());
                case 3 -> opaque("{\"type\":\"web_search_call\", \"id\":\"ws_1\"}");
                default ->
                    new Part.Reasoning(
                        random.nextBoolean() ? "" : text(),
                        Optional.of(signature(WireFormat.OPENAI_RESPONSES, maybe(this::text))));
              });
    };
  }

  private Part media() {
    Optional<String> detail = maybe(() -> "low");
    return switch (random.nextInt(6)) {
      case 0 -> new Part.ImageUrl("https://x/" + random.nextInt(), detail);
      case 1 -> new Part.ImageData("image/png", "QUJD", detail);
      case 2 -> new Part.DocumentUrl("https://x/" + random.nextInt(), Optional.empty());
      case 3 -> new Part.DocumentData("application/pdf", "QUJD", Optional.of(text()));
      case 4 -> opaque("{\"type\":\"input_file\", \"file_id\":\"file-1\"}");
      default -> new Part.Text(text());
    };
  }

  private static Part opaque(String json) {
    return new Part.Opaque(WireFormat.OPENAI_RESPONSES, Bytes.utf8(json));
  }

  private Tools tools() {
    return new Tools(
        random.nextBoolean()
            ? List.of()
            : some(() ->
                new Tool(
                    "f" + random.nextInt(9),
                    maybe(this::text),
                    maybe(() -> Bytes.utf8("{\"type\": \"object\"}")),
                    Optional.of(random.nextBoolean()))),
        maybe(() ->
            switch (random.nextInt(4)) {
              case 0 -> new ToolChoice.Auto();
              case 1 -> new ToolChoice.Forbidden();
              case 2 -> new ToolChoice.Required();
              default -> new ToolChoice.Named("f1");
            }),
        maybe(random::nextBoolean));
  }

  private ResponseFormat format() {
    return switch (random.nextInt(3)) {
      case 0 -> new ResponseFormat.Text();
      case 1 -> new ResponseFormat.JsonObject();
      default ->
          new ResponseFormat.JsonSchema(
              "n", Bytes.utf8("{\"a\": [1.0]}"), maybe(random::nextBoolean));
    };
  }

  /** The parts of an answer of a provider of another format. */
  List<Part> answer() {
    List<Part> parts = new ArrayList<>();
    for (int left = random.nextInt(7); left > 0; left--) {
      addTo(parts);
    }
    return parts;
  }

  private void addTo(List<Part> parts) {
    boolean afterWords =
        !parts.isEmpty()
            && (parts.getLast() instanceof Part.Text || parts.getLast() instanceof Part.Logprobs);
    switch (random.nextInt(4)) {
      case 0 -> {
        if (!afterWords) {
          parts.add(new Part.Text(text()));
          maybe(() -> new Part.Logprobs(some(this::token))).ifPresent(parts::add);
        }
      }
      case 1 -> {
        if (parts.isEmpty() || !(parts.getLast() instanceof Part.Refusal)) {
          parts.add(new Part.Refusal(text()));
        }
      }
      case 2 ->
          parts.add(new Part.ToolCall("c" + parts.size(), "f", random.nextBoolean() ? "" : text()));
      default ->
          parts.add(
              new Part.Reasoning(
                  random.nextBoolean() ? "" : text(),
                  Optional.of(signature(WireFormat.ANTHROPIC_MESSAGES, maybe(this::text)))));
    }
  }

  private TokenLogprob token() {
    return new TokenLogprob(
        text(),
        -random.nextDouble(),
        maybe(() -> Bytes.utf8("é")),
        random.nextBoolean()
            ? List.of()
            : List.of(new TokenLogprob(text(), -1, Optional.empty(), List.of())));
  }

  private static Signature signature(WireFormat format, Optional<String> id) {
    return new Signature(format, Signature.Kind.ENCRYPTED, "a+b/c==", id);
  }

  /** What a stream of an answer says, piece by piece. */
  List<Delta.Content> pieces(List<Part> parts) {
    List<Delta.Content> pieces = new ArrayList<>();
    int calls = 0;
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String text) ->
            split(text).forEach(piece -> pieces.add(new Delta.Content.Text(piece)));
        case Part.Refusal(String text) ->
            split(text).forEach(piece -> pieces.add(new Delta.Content.Refusal(piece)));
        case Part.Logprobs(List<TokenLogprob> tokens) ->
            pieces.add(new Delta.Content.Logprobs(tokens));
        case Part.Reasoning(String text, Optional<Signature> signature) -> {
          split(text).forEach(piece -> pieces.add(new Delta.Content.Reasoning(piece)));
          signature.map(Delta.Content.Signed::new).ifPresent(pieces::add);
        }
        case Part.ToolCall(String id, String name, String arguments) -> {
          int index = calls++;
          pieces.add(new Delta.Content.ToolCall(index, Optional.of(id), Optional.of(name), ""));
          split(arguments)
              .forEach(piece ->
                  pieces.add(
                      new Delta.Content.ToolCall(
                          index, Optional.empty(), Optional.empty(), piece)));
        }
        default -> throw new IllegalArgumentException("no piece: " + part);
      }
    }
    return pieces;
  }

  private List<String> split(String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int to =
          text.offsetByCodePoints(
              from, 1 + random.nextInt(text.codePointCount(from, text.length())));
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  private String text() {
    StringBuilder text = new StringBuilder("t");
    for (int left = random.nextInt(4); left > 0; left--) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> some(Supplier<T> element) {
    List<T> all = new ArrayList<>();
    for (int left = random.nextInt(3); left >= 0; left--) {
      all.add(element.get());
    }
    return all;
  }
}
