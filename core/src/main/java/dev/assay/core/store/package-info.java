/** What the ledger offers to the rest: recording and reading. */
@NullMarked
package dev.assay.core.store;

import org.jspecify.annotations.NullMarked;
