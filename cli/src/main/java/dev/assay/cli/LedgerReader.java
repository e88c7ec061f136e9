package dev.assay.cli;

import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallPage;
import dev.assay.core.store.CallSummary;
import dev.assay.core.store.Calls;
import dev.assay.core.store.StoredCall;

/** Reads the ledger. */
public interface LedgerReader extends AutoCloseable {
  /** The calls. */
  Calls calls();

  /** A page as JSON, in the form of {@code GET /api/calls}. */
  String json(CallPage page);

  /** A call as JSON, in the form of {@code GET /api/calls/{id}}. */
  String json(StoredCall call);

  /**
   * Totals as JSON, in the form of {@code GET /api/stats}.
   *
   * @param filter which calls were summed up
   */
  String json(CallSummary summary, CallFilter filter);

  @Override
  void close();
}
