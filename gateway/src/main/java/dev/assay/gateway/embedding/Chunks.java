package dev.assay.gateway.embedding;

import dev.assay.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Divides texts among requests. */
final class Chunks {
  private Chunks() {}

  /**
   * As few chunks as the bounds allow, in order.
   *
   * @param most how many texts a request may have
   */
  static List<List<Bytes>> of(List<Bytes> keys, Map<Bytes, String> texts, int most) {
    List<List<Bytes>> chunks = new ArrayList<>();
    List<Bytes> chunk = new ArrayList<>();
    long bytes = 0;
    for (Bytes key : keys) {
      long size = size(String.valueOf(texts.get(key)));
      if (!chunk.isEmpty() && (chunk.size() == most || bytes + size > EmbeddingModel.MOST_BYTES)) {
        chunks.add(chunk);
        chunk = new ArrayList<>();
        bytes = 0;
      }
      chunk.add(key);
      bytes += size;
    }
    if (!chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunks;
  }

  private static long size(String text) {
    return text.codePoints().mapToLong(point -> point < 0x80 ? 1 : point < 0x800 ? 2 : 3).sum();
  }
}
