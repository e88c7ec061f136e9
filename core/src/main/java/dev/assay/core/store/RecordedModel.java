package dev.assay.core.store;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.Model;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.Request;

/**
 * A model whose every outcome is in the ledger. Whoever hands the outcome out of the process asks
 * it this way and waits for the receipt first.
 */
public interface RecordedModel extends Model {
  /**
   * Answers a request and records the call.
   *
   * <p>The first content of a stream reaches the sink only when the call's start is durable.
   */
  Recorded ask(Request request, CallContext context, Sink sink);

  @Override
  default Outcome answer(Request request, CallContext context, Sink sink) {
    return ask(request, context, sink).outcome();
  }
}
