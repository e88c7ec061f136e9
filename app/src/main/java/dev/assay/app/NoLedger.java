package dev.assay.app;

import dev.assay.core.outcome.Delivered;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.Receipt;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.store.Recorder;
import java.util.UUID;

/** Admits no call: a gateway over it can be looked at, but not be asked. */
enum NoLedger implements Recorder {
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
  public Receipt undelivered(UUID callId, Delivered delivered) {
    return () -> Durability.LOST;
  }
}
