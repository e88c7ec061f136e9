/** Re-derives the chain from the rows. */
@NullMarked
package dev.assay.ledger.verify;

import org.jspecify.annotations.NullMarked;
