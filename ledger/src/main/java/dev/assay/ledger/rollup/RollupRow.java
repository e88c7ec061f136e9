package dev.assay.ledger.rollup;

/**
 * What a row of totals is about.
 *
 * @param bucket the length of time
 * @param start the first second of it
 * @param key what its calls have in common
 */
record RollupRow(Bucket bucket, long start, RollupKey key) {}
