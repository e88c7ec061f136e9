package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.TokenLogprob;
import dev.assay.wire.json.Fields;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads {@code logprobs}. Lenient: a token without a text or a number is left out. */
final class LogprobsReader {
  private LogprobsReader() {}

  /** The tokens of the array that the parser stands at the beginning of. */
  static List<TokenLogprob> read(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return List.of();
    }
    List<TokenLogprob> tokens = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        token(parser).ifPresent(tokens::add);
      } else {
        parser.skipChildren();
      }
    }
    return tokens;
  }

  private static Optional<TokenLogprob> token(JsonParser parser) {
    String token = null;
    Double logprob = null;
    Optional<Bytes> bytes = Optional.empty();
    List<TokenLogprob> top = List.of();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "token" -> token = Fields.stringOrNull(parser);
        case "logprob" -> logprob = numberOrNull(parser);
        case "bytes" -> bytes = bytes(parser);
        case "top_logprobs" -> top = read(parser);
        default -> parser.skipChildren();
      }
    }
    return token == null || logprob == null
        ? Optional.empty()
        : Optional.of(new TokenLogprob(token, logprob, bytes, top));
  }

  private static @Nullable Double numberOrNull(JsonParser parser) {
    if (parser.currentToken().isNumeric()) {
      double number = parser.getDoubleValue();
      return Double.isFinite(number) ? number : null;
    }
    parser.skipChildren();
    return null;
  }

  private static Optional<Bytes> bytes(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean whole = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Optional<Long> value = Fields.integerOrAbsent(parser).filter(b -> b >= 0 && b <= 255);
      whole &= value.isPresent();
      value.ifPresent(b -> bytes.write(b.intValue()));
    }
    return whole && bytes.size() > 0
        ? Optional.of(Bytes.wrap(bytes.toByteArray()))
        : Optional.empty();
  }
}
