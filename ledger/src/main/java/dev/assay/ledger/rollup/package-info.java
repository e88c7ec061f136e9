/** Totals of calls by minute, hour and day. */
@NullMarked
package dev.assay.ledger.rollup;

import org.jspecify.annotations.NullMarked;
