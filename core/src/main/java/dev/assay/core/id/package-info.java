/** Identifiers that sort by time. */
@NullMarked
package dev.assay.core.id;

import org.jspecify.annotations.NullMarked;
