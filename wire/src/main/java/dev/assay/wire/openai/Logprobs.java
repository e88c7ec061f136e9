package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.Part;
import dev.assay.core.request.TokenLogprob;
import dev.assay.wire.json.Fields;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * How likely the tokens of a choice were: {@code {"content": [{"token", "logprob", "bytes",
 * "top_logprobs"}], "refusal": […]}}. Read leniently: a token without a text or a finite logarithm
 * is left out.
 *
 * @param content the tokens of its text
 * @param refusal the tokens of its refusal
 */
record Logprobs(List<TokenLogprob> content, List<TokenLogprob> refusal) {
  static final Logprobs NONE = new Logprobs(List.of(), List.of());

  /** Reads the value that the parser stands on. */
  static Logprobs read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return NONE;
    }
    List<TokenLogprob> content = List.of();
    List<TokenLogprob> refusal = List.of();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "content" -> content = tokens(parser);
        case "refusal" -> refusal = tokens(parser);
        default -> parser.skipChildren();
      }
    }
    return new Logprobs(content, refusal);
  }

  private static List<TokenLogprob> tokens(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return List.of();
    }
    List<TokenLogprob> tokens = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      TokenLogprob token = token(parser);
      if (token != null) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  private static @Nullable TokenLogprob token(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    String text = null;
    double logprob = Double.NaN;
    Optional<Bytes> bytes = Optional.empty();
    List<TokenLogprob> top = List.of();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "token" -> text = Fields.stringOrNull(parser);
        case "logprob" -> logprob = number(parser);
        case "bytes" -> bytes = bytes(parser);
        case "top_logprobs" -> top = tokens(parser);
        default -> parser.skipChildren();
      }
    }
    return text != null && Double.isFinite(logprob)
        ? new TokenLogprob(text, logprob, bytes, top)
        : null;
  }

  private static double number(JsonParser parser) {
    if (parser.currentToken().isNumeric()) {
      return parser.getDoubleValue();
    }
    parser.skipChildren();
    return Double.NaN;
  }

  private static Optional<Bytes> bytes(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean sound = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long value = Fields.integerOrAbsent(parser).orElse(-1L);
      sound &= value >= 0 && value <= 0xFF;
      bytes.write((int) value);
    }
    return sound ? Optional.of(Bytes.wrap(bytes.toByteArray())) : Optional.empty();
  }

  /** The tokens in the parts of an answer. */
  static Logprobs of(List<Part> parts) {
    List<TokenLogprob> content = new ArrayList<>(0);
    List<TokenLogprob> refusal = new ArrayList<>(0);
    boolean refused = false;
    for (Part part : parts) {
      if (part instanceof Part.Logprobs(List<TokenLogprob> tokens)) {
        (refused ? refusal : content).addAll(tokens);
      } else {
        refused = part instanceof Part.Refusal;
      }
    }
    return new Logprobs(content, refusal);
  }

  /** Writes the member {@code logprobs}, null when there is no token. */
  void write(JsonGenerator json) {
    if (content.isEmpty() && refusal.isEmpty()) {
      json.writeNullProperty("logprobs");
      return;
    }
    json.writeObjectPropertyStart("logprobs");
    writeTokens(json, "content", content);
    writeTokens(json, "refusal", refusal);
    json.writeEndObject();
  }

  private static void writeTokens(JsonGenerator json, String member, List<TokenLogprob> tokens) {
    if (tokens.isEmpty()) {
      json.writeNullProperty(member);
      return;
    }
    json.writeArrayPropertyStart(member);
    for (TokenLogprob token : tokens) {
      writeToken(json, token);
      json.writeArrayPropertyStart("top_logprobs");
      for (TokenLogprob other : token.top()) {
        writeToken(json, other);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeToken(JsonGenerator json, TokenLogprob token) {
    json.writeStartObject();
    json.writeStringProperty("token", token.token());
    json.writeNumberProperty("logprob", token.logprob());
    if (token.bytes().isEmpty()) {
      json.writeNullProperty("bytes");
      return;
    }
    Bytes bytes = token.bytes().get();
    json.writeArrayPropertyStart("bytes");
    for (int i = 0; i < bytes.length(); i++) {
      json.writeNumber(bytes.at(i) & 0xFF);
    }
    json.writeEndArray();
  }
}
