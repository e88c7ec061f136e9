package dev.assay.wire.gemini;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Usage;
import dev.assay.core.vector.Vector;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.BodyFormat;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.Json;
import dev.assay.wire.json.JsonFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * How the response of {@code batchEmbedContents} is read: {@code {"embeddings": [{"values":
 * […]}]}}. Every text must have its vector. Most models do not say what they used.
 *
 * @param texts how many texts were sent
 */
public record GeminiEmbeddings(int texts) implements BodyFormat {
  private static final int USUAL_DIMENSION = 768;

  @Override
  public WireFormat format() {
    return WireFormat.GEMINI;
  }

  @Override
  public AnswerRead answer(Bytes body) {
    try (JsonParser parser = Json.parser(body)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? new Reader(parser).read(texts)
          : new AnswerRead.Malformed("is not a JSON object");
    } catch (JacksonException malformed) {
      return new AnswerRead.Malformed(JsonFault.text(malformed));
    }
  }

  @Override
  public Optional<ApiError> error(Bytes body) {
    return GeminiErrorReader.read(body);
  }

  /** Reads one body. */
  private static final class Reader {
    private final JsonParser parser;
    private final List<Part> vectors = new ArrayList<>();
    private final Set<Integer> lengths = new HashSet<>();
    private @Nullable ApiError error;
    private Usage usage = Usage.ABSENT;
    private boolean sound = true;

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    AnswerRead read(int texts) {
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        parser.nextToken();
        switch (field) {
          case "embeddings" -> readEmbeddings();
          case "usageMetadata" -> readUsage();
          case "error" ->
              error = Fields.isNull(parser) ? null : GeminiErrorReader.readValue(parser);
          default -> parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        return new AnswerRead.Malformed("has something behind its JSON object");
      }
      if (error != null) {
        return new AnswerRead.Failed(error);
      }
      if (!sound || vectors.size() != texts) {
        return new AnswerRead.Malformed("does not have a vector for each text");
      }
      if (lengths.size() > 1) {
        return new AnswerRead.Malformed("has vectors of different lengths");
      }
      return new AnswerRead.Completion(
          Optional.empty(), Optional.empty(), vectors, FinishReason.STOP, usage);
    }

    private void readUsage() {
      Usage read = GeminiUsageReader.read(parser);
      usage = read == null ? usage : read;
    }

    private void readEmbeddings() {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        parser.skipChildren();
        return;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        Vector vector = embedding();
        sound &= vector != null;
        if (vector != null) {
          vectors.add(new Part.Embedding(vector));
          lengths.add(vector.dimension());
        }
      }
    }

    private @Nullable Vector embedding() {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        return null;
      }
      Vector vector = null;
      for (String field = parser.nextName(); field != null; field = parser.nextName()) {
        if (parser.nextToken() == JsonToken.START_ARRAY && field.equals("values")) {
          vector = values();
        } else {
          parser.skipChildren();
        }
      }
      return vector;
    }

    private @Nullable Vector values() {
      float[] numbers = new float[USUAL_DIMENSION];
      int count = 0;
      boolean finite = true;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, count * 2);
        }
        float number = parser.currentToken().isNumeric() ? parser.getFloatValue() : Float.NaN;
        parser.skipChildren();
        finite &= Float.isFinite(number);
        numbers[count++] = number;
      }
      return finite && count > 0 ? Vector.of(Arrays.copyOf(numbers, count)) : null;
    }
  }
}
