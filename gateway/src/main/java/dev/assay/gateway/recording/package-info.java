/** The model through which every call passes on its way to the ledger. */
@NullMarked
package dev.assay.gateway.recording;

import org.jspecify.annotations.NullMarked;
