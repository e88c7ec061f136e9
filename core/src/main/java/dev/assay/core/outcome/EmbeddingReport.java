package dev.assay.core.outcome;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.vector.KeyedVector;
import java.util.List;

/**
 * How a request for embeddings was answered.
 *
 * @param requestHash the digest of what was asked, keyed with the ledger's secret
 * @param cached of each text, in order, whether its vector was there already or came by another
 *     call that was under way; of a failure false where no vector came
 * @param fresh the vectors that came by this call, to be stored with its record; each key once
 */
public record EmbeddingReport(Bytes requestHash, List<Boolean> cached, List<KeyedVector> fresh) {
  /** Copies the lists. */
  public EmbeddingReport {
    cached = List.copyOf(cached);
    fresh = List.copyOf(fresh);
  }

  /** How many texts' vectors did not have to be asked for. */
  public int hits() {
    return Math.toIntExact(cached.stream().filter(hit -> hit).count());
  }
}
