package dev.assay.app;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.EmbeddingCache;
import dev.assay.core.store.Receipt;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.store.Recorder;
import dev.assay.core.vector.Vector;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Admits no call: a gateway over it can be looked at, but not be asked. */
enum NoLedger implements Recorder, EmbeddingCache {
  /** The only one. */
  INSTANCE;

  @Override
  public boolean admits() {
    return false;
  }

  @Override
  public Receipt start(CallStart start) {
    return () -> Durability.LOST;
  }

  @Override
  public Receipt record(CallRecord call) {
    return () -> Durability.LOST;
  }

  @Override
  public Bytes digest(Bytes content) {
    return content;
  }

  @Override
  public List<Optional<Vector>> find(List<Bytes> keys) {
    return Collections.nCopies(keys.size(), Optional.empty());
  }

  @Override
  public Vector keep(Bytes key, Vector vector) {
    return vector;
  }

  @Override
  public Receipt undelivered(UUID callId, Delivered delivered) {
    return () -> Durability.LOST;
  }
}
