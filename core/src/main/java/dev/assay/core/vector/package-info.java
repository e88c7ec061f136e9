/** Vectors of embedded texts. */
@NullMarked
package dev.assay.core.vector;

import org.jspecify.annotations.NullMarked;
