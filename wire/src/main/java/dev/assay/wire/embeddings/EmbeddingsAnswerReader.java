package dev.assay.wire.embeddings;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.TokenField;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import dev.assay.wire.json.JsonFault;
import dev.assay.wire.openai.ChatErrorReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the answer of {@code POST /v1/embeddings}, in either encoding whatever was asked for: some
 * servers know one only. Beside what the vectors and their places need, a field with a wrong type
 * counts as absent.
 */
final class EmbeddingsAnswerReader {
  private static final long WRONG_INDEX = -1;
  private static final long NO_INDEX = -2;
  private static final int LIKELY_DIMENSION = 1_536;

  private final Bytes body;
  private final List<Vector> vectors = new ArrayList<>();
  private final List<Long> indexes = new ArrayList<>();
  private @Nullable String model;
  private @Nullable String problem;
  private Optional<ApiError> error = Optional.empty();
  private long prompt = TokenField.ABSENT;
  private long total = TokenField.ABSENT;

  private EmbeddingsAnswerReader(Bytes body) {
    this.body = body;
  }

  /**
   * Reads a body.
   *
   * @param texts how many vectors it must have
   */
  static AnswerRead read(Bytes body, int texts) {
    return new EmbeddingsAnswerReader(body).read(texts);
  }

  private AnswerRead read(int texts) {
    try (JsonParser parser = Json.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new AnswerRead.Malformed("is not a JSON object");
      }
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        parser.nextToken();
        readField(parser, field);
      }
      if (parser.nextToken() != null) {
        return new AnswerRead.Malformed("has something behind its JSON object");
      }
    } catch (JacksonException malformed) {
      return new AnswerRead.Malformed(JsonFault.text(malformed));
    }
    if (error.isPresent()) {
      return new AnswerRead.Failed(error.get());
    }
    if (problem != null) {
      return new AnswerRead.Malformed(problem);
    }
    if (vectors.size() != texts) {
      return new AnswerRead.Malformed("has " + vectors.size() + " vectors for " + texts + " texts");
    }
    if (vectors.stream().mapToInt(Vector::dimension).distinct().count() > 1) {
      return new AnswerRead.Malformed("has vectors of different lengths");
    }
    List<Vector> ordered = ordered();
    if (ordered.size() != texts) {
      return new AnswerRead.Malformed(
          "has indexes that are not 0 to " + (texts - 1) + ", each once");
    }
    List<Part> parts = ordered.stream().<Part>map(Part.Embedding::new).toList();
    return new AnswerRead.Completion(
        Optional.empty(), Optional.ofNullable(model), parts, FinishReason.STOP, usage());
  }

  private void readField(JsonParser parser, String field) {
    switch (field) {
      case "model" -> model = Fields.stringOrNull(parser);
      case "data" -> readData(parser);
      case "usage" -> readUsage(parser);
      case "error" -> {
        if (!Fields.isNull(parser)) {
          error = Optional.of(ChatErrorReader.readValue(parser));
        }
      }
      default -> parser.skipChildren();
    }
  }

  private void readData(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        readItem(parser);
      } else {
        problem = "has something in data that is not an object";
        parser.skipChildren();
      }
    }
  }

  private void readItem(JsonParser parser) {
    Vector vector = null;
    long index = NO_INDEX;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "embedding" -> vector = vector(parser);
        case "index" -> index = index(parser);
        default -> parser.skipChildren();
      }
    }
    if (vector == null) {
      problem = "has an embedding that is neither finite numbers nor base64 of such";
    } else {
      vectors.add(vector);
      indexes.add(index);
    }
  }

  private static long index(JsonParser parser) {
    if (Fields.isNull(parser)) {
      return NO_INDEX;
    }
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? Fields.integerOrAbsent(parser).filter(index -> index >= 0).orElse(WRONG_INDEX)
        : wrongIndex(parser);
  }

  private static long wrongIndex(JsonParser parser) {
    parser.skipChildren();
    return WRONG_INDEX;
  }

  private static @Nullable Vector vector(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> decoded(parser.getString());
      case START_ARRAY -> numbers(parser);
      default -> {
        parser.skipChildren();
        yield null;
      }
    };
  }

  private static @Nullable Vector numbers(JsonParser parser) {
    float[] numbers = new float[LIKELY_DIMENSION];
    int count = 0;
    boolean wrong = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.currentToken().isNumeric()) {
        wrong = true;
        parser.skipChildren();
        continue;
      }
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      // Not through a double: that would round twice.
      numbers[count++] = Float.parseFloat(parser.getString());
    }
    return wrong || count == 0 ? null : finite(Vector.of(Arrays.copyOf(numbers, count)));
  }

  private static @Nullable Vector decoded(String base64) {
    try {
      return finite(Vector.ofBytes(Bytes.wrap(Base64.getDecoder().decode(base64))));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static @Nullable Vector finite(Vector vector) {
    for (int i = 0; i < vector.dimension(); i++) {
      if (!Float.isFinite(vector.at(i))) {
        return null;
      }
    }
    return vector;
  }

  /** By their indexes, or as they came when none has one; empty when the indexes are wrong. */
  private List<Vector> ordered() {
    if (indexes.stream().allMatch(index -> index == NO_INDEX)) {
      return vectors;
    }
    @Nullable Vector[] placed = new @Nullable Vector[vectors.size()];
    for (int i = 0; i < placed.length; i++) {
      long index = indexes.get(i);
      if (index < 0 || index >= placed.length || placed[(int) index] != null) {
        return List.of();
      }
      placed[(int) index] = vectors.get(i);
    }
    return Arrays.stream(placed).map(Objects::requireNonNull).toList();
  }

  private void readUsage(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "prompt_tokens" -> prompt = TokenField.read(parser);
        case "total_tokens" -> total = TokenField.read(parser);
        default -> parser.skipChildren();
      }
    }
  }

  private Usage usage() {
    long input = prompt >= 0 ? prompt : total;
    return input >= 0 ? Usage.reported(input, 0) : Usage.ABSENT;
  }
}
