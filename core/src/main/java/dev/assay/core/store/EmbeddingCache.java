package dev.assay.core.store;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.vector.Vector;
import java.util.List;
import java.util.Optional;

/**
 * Vectors that came before, bit for bit as they came. They are stored with the record of the call
 * that brought them; of two under one key the first stays. Thread-safe.
 */
public interface EmbeddingCache {
  /**
   * A digest keyed with the ledger's secret, so that nobody can guess from it what was embedded.
   *
   * @param content everything that a vector, or an answer, depends on, in one canonical form
   */
  Bytes digest(Bytes content);

  /**
   * The vectors of keys, in their order; empty for those that have none.
   *
   * @param keys what {@link #digest} gave; may hold a key twice
   */
  List<Optional<Vector>> find(List<Bytes> keys);

  /**
   * Takes a vector that has just come, so that it is found before the call's record is durable.
   *
   * @return the vector that stays under the key: the one that was there first
   */
  Vector keep(Bytes key, Vector vector);
}
