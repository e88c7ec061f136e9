/** One package for each wire format, and the simulator. */
@NullMarked
package dev.assay.providers;

import org.jspecify.annotations.NullMarked;
