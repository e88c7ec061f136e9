package dev.assay.core.model;

import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.Request;

/**
 * Anything that answers: a provider's model, a policy around another model, a strategy over
 * several.
 *
 * <p>Thread-safe. It blocks the caller's thread, which is a virtual one, and always returns: what
 * goes wrong is a {@link dev.assay.core.outcome.Failure}. It throws only on programming errors.
 */
@FunctionalInterface
public interface Model {
  /**
   * Answers a request.
   *
   * @param request what is asked
   * @param context which call this is, how long it may take and whether it is still wanted
   * @param sink gets the content of a stream as it comes; {@link Sink#discarding()} when nobody
   *     listens
   */
  Outcome answer(Request request, CallContext context, Sink sink);
}
