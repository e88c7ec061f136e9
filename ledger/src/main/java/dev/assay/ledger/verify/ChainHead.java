package dev.assay.ledger.verify;

/**
 * The end of a writer's chain. Kept elsewhere, it shows later whether the chain was cut or written
 * anew.
 *
 * @param writer the writer
 * @param commits how many commits
 * @param records how many records
 * @param digest the digest of the last commit, in hexadecimal
 */
public record ChainHead(String writer, long commits, long records, String digest) {}
