/** The way out: calls, pages and totals. */
@NullMarked
package dev.assay.ledger.read;

import org.jspecify.annotations.NullMarked;
