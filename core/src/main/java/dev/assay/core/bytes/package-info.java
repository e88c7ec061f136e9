/** Immutable byte sequences and places inside them. */
@NullMarked
package dev.assay.core.bytes;

import org.jspecify.annotations.NullMarked;
