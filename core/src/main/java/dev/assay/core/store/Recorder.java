package dev.assay.core.store;

import dev.assay.core.outcome.Delivered;
import java.util.UUID;

/**
 * Takes what must be recorded. Thread-safe. Records become durable in the order in which they were
 * taken, so a durable parent implies durable children.
 */
public interface Recorder {
  /**
   * Whether a new call may be made: false while the ledger cannot be written and is configured to
   * refuse.
   */
  boolean admits();

  /** Takes the start of a stream; its content may leave once the receipt says that it is safe. */
  Receipt start(CallStart start);

  /** Takes a call; its outcome may leave once the receipt says that it is safe. */
  Receipt record(CallRecord call);

  /**
   * Takes the news that a recorded outcome did not reach its client.
   *
   * @param delivered what the client got of it
   */
  Receipt undelivered(UUID callId, Delivered delivered);
}
