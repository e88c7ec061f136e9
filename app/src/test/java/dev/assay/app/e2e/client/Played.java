package dev.assay.app.e2e.client;

import dev.assay.testkit.upstream.Received;
import dev.assay.testkit.upstream.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The providers that {@link ProvidersRig} plays, and what each of them replies. */
enum Played {
  OPENAI,
  RESPONDER,
  AZURE,
  ANTHROPIC,
  GEMINI;

  private static final JsonNode TEXT = recorded("text.json");
  private static final JsonNode TWO_CALLS = recorded("two-calls.json");

  private static JsonNode recorded(String name) {
    try (InputStream file = Played.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(file, name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name, unreadable);
    }
  }

  /** The full name of its model. */
  String model() {
    return name().toLowerCase(Locale.ROOT) + "/m";
  }

  /** Whether the identifiers of tool calls are its own: Gemini's API has none. */
  boolean namesCalls() {
    return this != GEMINI;
  }

  /** The format in which a provider is asked: OpenAI in that of the client. */
  private static String format(Received request) {
    String path = request.path();
    if (path.endsWith("/responses")) {
      return "responses";
    }
    if (path.endsWith("/chat/completions")) {
      return "chat";
    }
    return path.endsWith("/messages") ? "messages" : "gemini";
  }

  /** Says "Lima.": 24 tokens in, of which 8 from the cache, and 2 out. */
  static Function<Received, Reply> text(boolean streamed) {
    return request -> reply(TEXT, format(request), streamed);
  }

  /** Says a text in one piece. */
  static Function<Received, Reply> text(String said) {
    String quoted = JsonMapper.shared().writeValueAsString(said);
    return request -> Reply.json(200, whole(TEXT, format(request)).replace("\"Lima.\"", quoted));
  }

  /** Calls "weather" for Ulm and for Bonn: 60 tokens in and 30 out. */
  static Function<Received, Reply> twoCalls(boolean streamed) {
    return request -> reply(TWO_CALLS, format(request), streamed);
  }

  /** An error in the words of the provider's API; 404 is of the model. */
  static Function<Received, Reply> error(int status, String message) {
    return request -> Reply.json(status, error(format(request), status).formatted(message));
  }

  private static String error(String format, int status) {
    return switch (format) {
      case "messages" ->
          "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%%s\"}}"
              .formatted(status == 404 ? "not_found_error" : "some_error");
      case "gemini" ->
          "{\"error\":{\"code\":%d,\"message\":\"%%s\",\"status\":\"%s\"}}"
              .formatted(status, status == 404 ? "NOT_FOUND" : "SOME_STATUS");
      default ->
          "{\"error\":{\"message\":\"%%s\",\"type\":\"some_type\",\"param\":null,\"code\":\"%s\"}}"
              .formatted(status == 404 ? "model_not_found" : "some_code");
    };
  }

  private static Reply reply(JsonNode recorded, String format, boolean streamed) {
    return streamed
        ? Reply.events(events(recorded, format))
        : Reply.json(200, whole(recorded, format));
  }

  private static String whole(JsonNode recorded, String format) {
    return recorded.path("answered").path(format).toString();
  }

  private static List<String> events(JsonNode recorded, String format) {
    List<String> events = new ArrayList<>();
    for (JsonNode event : recorded.path("streamed").path(format)) {
      String name = event.path("type").asString("");
      events.add((name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + event + "\n\n");
    }
    if (format.equals("chat")) {
      events.add("data: [DONE]\n\n");
    }
    return events;
  }
}
