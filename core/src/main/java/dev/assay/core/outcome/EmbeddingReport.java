package dev.assay.core.outcome;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.vector.KeyedVector;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How a request for embeddings was answered.
 *
 * @param requestHash the digest of what was asked, keyed with the ledger's secret
 * @param cached of each text, in order, whether its vector was there already or came by another
 *     call that was under way; of a failure false where no vector came
 * @param fresh the vectors that came by this call, to be stored with its record; each key once
 * @param leader the call that was waited for, when this one sent nothing itself
 */
public record EmbeddingReport(
    Bytes requestHash, List<Boolean> cached, List<KeyedVector> fresh, Optional<UUID> leader) {
  /** Copies the lists. */
  public EmbeddingReport {
    cached = List.copyOf(cached);
    fresh = List.copyOf(fresh);
  }

  /** A report of a call that waited for no other. */
  public EmbeddingReport(Bytes requestHash, List<Boolean> cached, List<KeyedVector> fresh) {
    this(requestHash, cached, fresh, Optional.empty());
  }

  /** How many texts' vectors did not have to be asked for. */
  public int hits() {
    return Math.toIntExact(cached.stream().filter(hit -> hit).count());
  }
}
