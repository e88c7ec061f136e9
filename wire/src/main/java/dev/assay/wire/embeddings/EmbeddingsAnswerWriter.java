package dev.assay.wire.embeddings;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.core.request.Part;
import dev.assay.core.vector.Vector;
import dev.assay.wire.json.Json;
import java.util.Base64;
import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;

/**
 * Writes answers of {@code POST /v1/embeddings}. Numbers are written with as many digits as it
 * takes to read the very same float again.
 *
 * <p>Beside OpenAI's members an answer has {@code assay}: {@code {"request_hash": "…", "cached":
 * [true, …]}}, of each text whether its vector was there already.
 */
public final class EmbeddingsAnswerWriter {
  private EmbeddingsAnswerWriter() {}

  /**
   * The body.
   *
   * @param answer has the vectors
   * @param model what the answer calls the model
   * @param encoding how vectors are written
   */
  public static Bytes write(Answer answer, String model, VectorEncoding encoding) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("object", "list");
      json.writeArrayPropertyStart("data");
      int index = 0;
      for (Part part : answer.parts()) {
        if (part instanceof Part.Embedding(Vector vector)) {
          writeItem(json, index++, vector, encoding);
        }
      }
      json.writeEndArray();
      json.writeStringProperty("model", model);
      writeUsage(json, answer.details().usage().total());
      answer.details().embedding().ifPresent(report -> writeReport(json, report));
      json.writeEndObject();
    });
  }

  private static void writeItem(
      JsonGenerator json, int index, Vector vector, VectorEncoding encoding) {
    json.writeStartObject();
    json.writeStringProperty("object", "embedding");
    json.writeNumberProperty("index", index);
    json.writeName("embedding");
    switch (encoding) {
      case FLOAT -> {
        json.writeStartArray();
        for (int i = 0; i < vector.dimension(); i++) {
          json.writeNumber(vector.at(i));
        }
        json.writeEndArray();
      }
      case BASE64 -> json.writeString(Base64.getEncoder().encodeToString(vector.bytes().toArray()));
    }
    json.writeEndObject();
  }

  private static void writeUsage(JsonGenerator json, long tokens) {
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("prompt_tokens", tokens);
    json.writeNumberProperty("total_tokens", tokens);
    json.writeEndObject();
  }

  private static void writeReport(JsonGenerator json, EmbeddingReport report) {
    json.writeObjectPropertyStart("assay");
    json.writeStringProperty(
        "request_hash", HexFormat.of().formatHex(report.requestHash().toArray()));
    json.writeArrayPropertyStart("cached");
    report.cached().forEach(json::writeBoolean);
    json.writeEndArray();
    json.writeEndObject();
  }
}
