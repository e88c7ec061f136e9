package dev.assay.providers.gemini;

import dev.assay.testkit.contract.Dialect;
import dev.assay.testkit.contract.EmbeddingDialect;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Gemini's batchEmbedContents as a server writes it. */
final class GeminiEmbeddingDialect implements EmbeddingDialect {
  static final GeminiEmbeddingDialect INSTANCE = new GeminiEmbeddingDialect();

  private GeminiEmbeddingDialect() {}

  @Override
  public Dialect dialect() {
    return GeminiDialect.INSTANCE;
  }

  @Override
  public String answer(String... vectors) {
    return body("", vectors);
  }

  @Override
  public String reporting(String tokens, String... vectors) {
    return body(",\"usageMetadata\":{\"promptTokenCount\":" + tokens + "}", vectors);
  }

  private static String body(String usage, String... vectors) {
    return Arrays.stream(vectors)
        .map(vector -> "{\"values\":" + vector + "}")
        .collect(Collectors.joining(",", "{\"embeddings\":[", "]" + usage + "}"));
  }

  @Override
  public List<String> alike() {
    return List.of(
        "{\"embeddings\":[{\"values\":[0.5,1],\"shape\":[2]},{\"shape\":[],\"values\":[1,0]}]}",
        "{\"error\":null,\"embeddings\":[{\"values\":[5e-1,1.0]},{\"values\":[1,0]}]}");
  }

  @Override
  public List<String> astray() {
    return List.of("{\"embedding\":{\"values\":[0.5,1]}}");
  }

  @Override
  public List<String> wrongTypes() {
    return List.of(
        "{\"embeddings\":7}",
        "{\"embeddings\":{}}",
        "{\"embeddings\":[7,[]]}",
        "{\"embeddings\":[null,null]}",
        "{\"embeddings\":[{},{}]}",
        "{\"embeddings\":[{\"values\":[0.5,1]},{\"values\":[1,0]},7]}",
        "{\"embeddings\":\"AAAA\",\"usageMetadata\":[]}",
        "{\"error\":7}",
        "{\"error\":[]}");
  }
}
