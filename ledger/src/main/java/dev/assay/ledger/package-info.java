/** The record of every call. */
@NullMarked
package dev.assay.ledger;

import org.jspecify.annotations.NullMarked;
