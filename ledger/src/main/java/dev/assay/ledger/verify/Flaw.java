package dev.assay.ledger.verify;

import java.util.Optional;

/**
 * The first thing that is wrong with a chain.
 *
 * @param kind what is wrong
 * @param writer whose record it is
 * @param seq its place among the writer's records; of a commit, its first record's
 * @param id the record's identifier, where it is known
 * @param detail one sentence that says what differs; contains nothing of a body
 */
public record Flaw(FlawKind kind, String writer, long seq, Optional<String> id, String detail) {}
