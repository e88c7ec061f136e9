package dev.assay.providers.local;

/**
 * A text as the model takes it.
 *
 * @param ids the numbers of its tokens, those that begin and end it included
 * @param left how many tokens of the text did not fit
 */
// Made for one use and never compared.
@SuppressWarnings("ArrayRecordComponent")
record Tokens(long[] ids, int left) {}
