package dev.assay.providers.local;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.assay.core.bytes.Bytes;
import dev.assay.core.vector.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The sentence embedding model all-MiniLM-L6-v2 with eight-bit weights, by ONNX Runtime: the mean
 * of the vectors of the tokens, of length one.
 *
 * <p>A text is embedded on its own and on one thread, so that its vector is the same bit for bit
 * whatever else is asked: the quantisation of a batch would depend on all its texts. Thread-safe.
 */
final class SentenceModel {
  /** How long its vectors are. */
  static final int DIMENSION = 384;

  private static final String MODEL = "all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieces tokenizer;

  private SentenceModel(OrtEnvironment environment, OrtSession session, WordPieces tokenizer) {
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
  }

  /**
   * Loads it; some 100 MB stay in memory until the process ends.
   *
   * @param natives where native libraries are unpacked
   * @throws IOException when its files or libraries cannot be read or written
   * @throws OrtException when it cannot be run
   * @throws UnsatisfiedLinkError when its libraries do not run here
   */
  static SentenceModel load(Path natives) throws IOException, OrtException {
    NativeLibraries.unpack(natives);
    WordPieces tokenizer = WordPieces.of(Bytes.wrap(resource(TOKENIZER)));
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "assay");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtSession session = environment.createSession(resource(MODEL), options);
      return new SentenceModel(environment, session, tokenizer);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = SentenceModel.class.getClassLoader().getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException("the file " + name + " is missing");
      }
      return stream.readAllBytes();
    }
  }

  /** The tokens of a text. */
  Tokens tokens(String text) {
    return tokenizer.of(text);
  }

  /**
   * The vector of a text.
   *
   * @throws OrtException when it cannot be run
   */
  Vector embed(Tokens tokens) throws OrtException {
    int count = tokens.ids().length;
    long[] shape = {1, count};
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    try (OnnxTensor ids =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens.ids()), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[count]), shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      if (result.get(0) instanceof OnnxTensor hidden) {
        return pooled(hidden.getFloatBuffer(), count);
      }
      throw new IllegalStateException("The model gives no tensor");
    }
  }

  private static Vector pooled(FloatBuffer hidden, int tokens) {
    double[] sums = new double[DIMENSION];
    for (int token = 0; token < tokens; token++) {
      for (int i = 0; i < DIMENSION; i++) {
        sums[i] += hidden.get();
      }
    }
    double squares = 0;
    for (double sum : sums) {
      squares += sum * sum;
    }
    // The length is one, so it does not matter that these are sums and not means.
    double length = Math.max(Math.sqrt(squares), Double.MIN_NORMAL);
    float[] unit = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      unit[i] = (float) (sums[i] / length);
    }
    return Vector.of(unit);
  }
}
