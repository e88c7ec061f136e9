package dev.assay.wire.embeddings;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.BodyFormat;
import dev.assay.wire.openai.ChatErrorReader;
import java.util.Optional;

/**
 * How the response to one request for embeddings is read.
 *
 * @param texts how many vectors it must have
 */
public record EmbeddingsUpstream(int texts) implements BodyFormat {
  @Override
  public WireFormat format() {
    return WireFormat.OPENAI_EMBEDDINGS;
  }

  @Override
  public AnswerRead answer(Bytes body) {
    return EmbeddingsAnswerReader.read(body, texts);
  }

  @Override
  public Optional<ApiError> error(Bytes body) {
    return ChatErrorReader.read(body);
  }
}
