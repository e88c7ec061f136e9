package dev.assay.providers.sim;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Part;
import dev.assay.core.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The simulator's embeddings: for each text a direction drawn from the seed and the text, at once.
 * The same text has the same vector; beyond that they mean nothing.
 *
 * @param seed the simulator's
 */
record SimEmbedding(long seed) {
  static final String MODEL = "embedding";
  static final int BATCH = 2_048;

  private static final int DIMENSION = 256;
  private static final int MOST = 4_096;

  Outcome answer(EmbeddingRequest request, SimReport report) {
    if (!request.model().equals(MODEL)) {
      return report.turnedAway(
          ErrorCode.PROVIDER_MODEL_NOT_FOUND,
          404,
          "model: the simulator embeds with " + MODEL + " only",
          Optional.of("model"),
          RetryDecision.never());
    }
    int dimension = request.dimensions().orElse(DIMENSION);
    if (dimension > MOST) {
      return report.turnedAway(
          ErrorCode.PROVIDER_REJECTED,
          400,
          "dimensions: the simulator has at most " + MOST,
          Optional.of("dimensions"),
          RetryDecision.never());
    }
    int tokens = 0;
    List<Part> vectors = new ArrayList<>();
    for (String text : request.texts()) {
      tokens += SimTokens.count(text);
      vectors.add(new Part.Embedding(vector(text, dimension)));
    }
    return report.embedded(vectors, tokens);
  }

  private Vector vector(String text, int dimension) {
    Draw draw = Draw.of(seed, Bytes.utf8(text), MODEL);
    double[] numbers = new double[dimension];
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      numbers[i] = draw.gaussian();
      squares += numbers[i] * numbers[i];
    }
    float[] unit = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      unit[i] = (float) (numbers[i] / Math.sqrt(squares));
    }
    return Vector.of(unit);
  }
}
