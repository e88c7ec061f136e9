package dev.assay.ledger.verify;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that is wrong with a ledger.
 *
 * @param kind what is wrong
 * @param writer whose record it is; empty when it is about no record
 * @param seq its place among the writer's records; of a commit, its first record's
 * @param id the record's identifier, where it is known
 * @param detail one sentence that says what differs, without its full stop; contains nothing of a
 *     body
 */
public record Flaw(FlawKind kind, String writer, long seq, Optional<String> id, String detail) {
  /** Keeps the detail on one line: names in it may be anybody's. */
  public Flaw {
    detail = detail.replaceAll("\\p{Cntrl}", "?");
  }

  /** All of it in one line. */
  public String line() {
    String where =
        kind.ofRecords()
            ? " at " + writer + " #" + seq + id.map(call -> " (" + call + ")").orElse("")
            : "";
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + where + ": " + detail;
  }
}
