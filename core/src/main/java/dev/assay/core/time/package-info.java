/** The two ports through which everything waits: the clock and tasks. */
@NullMarked
package dev.assay.core.time;

import org.jspecify.annotations.NullMarked;
