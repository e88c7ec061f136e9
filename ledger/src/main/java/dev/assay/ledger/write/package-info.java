/** The way in: the queue, the one writer, the spill file, rollups and the checkpointer. */
@NullMarked
package dev.assay.ledger.write;

import org.jspecify.annotations.NullMarked;
