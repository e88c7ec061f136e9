/** The files of a home, the schema in them and connections to it. */
@NullMarked
package dev.assay.ledger.file;

import org.jspecify.annotations.NullMarked;
