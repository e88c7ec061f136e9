package dev.assay.gateway.policy;

import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;
import dev.assay.core.model.StreamHead;

/** Passes a stream on and notices whether its content has begun. */
final class ContentNotice implements Sink {
  private final Sink sink;
  private boolean begun;

  ContentNotice(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void begin(StreamHead head) {
    sink.begin(head);
  }

  @Override
  public void accept(Delta delta) {
    begun = true;
    sink.accept(delta);
  }

  /** Whether content has passed, so that nothing may be tried again. */
  boolean begun() {
    return begun;
  }
}
