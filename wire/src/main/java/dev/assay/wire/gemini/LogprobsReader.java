package dev.assay.wire.gemini;

import dev.assay.core.request.TokenLogprob;
import dev.assay.wire.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads {@code logprobsResult}: {@code chosenCandidates} has the drawn token of each place, {@code
 * topCandidates} the likeliest ones. Lenient; a logarithm of 0 is left out.
 */
final class LogprobsReader {
  private LogprobsReader() {}

  /** The tokens in the value that the parser stands on. */
  static List<TokenLogprob> read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return List.of();
    }
    List<Optional<TokenLogprob>> chosen = List.of();
    List<List<TokenLogprob>> top = List.of();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "chosenCandidates" -> chosen = tokens(parser);
        case "topCandidates" -> top = places(parser);
        default -> parser.skipChildren();
      }
    }
    List<TokenLogprob> all = new ArrayList<>(chosen.size());
    for (int i = 0; i < chosen.size(); i++) {
      List<TokenLogprob> others = i < top.size() ? top.get(i) : List.of();
      chosen
          .get(i)
          .map(token -> new TokenLogprob(token.token(), token.logprob(), token.bytes(), others))
          .ifPresent(all::add);
    }
    return all;
  }

  private static List<List<TokenLogprob>> places(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return List.of();
    }
    List<List<TokenLogprob>> places = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      places.add(place(parser));
    }
    return places;
  }

  private static List<TokenLogprob> place(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return List.of();
    }
    List<TokenLogprob> tokens = List.of();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      if (field.equals("candidates")) {
        tokens = tokens(parser).stream().flatMap(Optional::stream).toList();
      } else {
        parser.skipChildren();
      }
    }
    return tokens;
  }

  private static List<Optional<TokenLogprob>> tokens(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return List.of();
    }
    List<Optional<TokenLogprob>> tokens = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      tokens.add(Optional.ofNullable(token(parser)));
    }
    return tokens;
  }

  private static @Nullable TokenLogprob token(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    String text = null;
    double logprob = 0;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      JsonToken value = parser.nextToken();
      if (field.equals("token")) {
        text = Fields.stringOrNull(parser);
      } else if (field.equals("logProbability") && value.isNumeric()) {
        logprob = parser.getDoubleValue();
      } else {
        parser.skipChildren();
      }
    }
    return text != null && Double.isFinite(logprob)
        ? new TokenLogprob(text, logprob, Optional.empty(), List.of())
        : null;
  }
}
