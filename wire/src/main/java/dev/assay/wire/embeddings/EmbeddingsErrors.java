package dev.assay.wire.embeddings;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Failure;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.ErrorFormat;
import dev.assay.wire.openai.ErrorWriter;

/** How the door of Embeddings writes errors. */
public final class EmbeddingsErrors implements ErrorFormat {
  /** The format. */
  public static final EmbeddingsErrors FORMAT = new EmbeddingsErrors();

  private EmbeddingsErrors() {}

  @Override
  public WireFormat format() {
    return WireFormat.OPENAI_EMBEDDINGS;
  }

  @Override
  public Bytes error(Failure failure) {
    return ErrorWriter.write(failure);
  }
}
