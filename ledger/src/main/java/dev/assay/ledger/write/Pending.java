package dev.assay.ledger.write;

import dev.assay.ledger.record.Entry;
import org.jspecify.annotations.Nullable;

/** An entry that waits for the writer. */
final class Pending {
  private final Entry entry;
  private final Ticket ticket = new Ticket();

  /** The one that was put in before it; only {@link Intake} follows it. */
  @Nullable Pending next;

  Pending(Entry entry) {
    this.entry = entry;
  }

  Entry entry() {
    return entry;
  }

  Ticket ticket() {
    return ticket;
  }
}
