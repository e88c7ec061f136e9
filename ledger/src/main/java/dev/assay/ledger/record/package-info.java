/** What a record of the chain is: its columns, its bodies, its digest. */
@NullMarked
package dev.assay.ledger.record;

import org.jspecify.annotations.NullMarked;
