/** Load generators for a running gateway; everything stays on the loopback interface. */
@NullMarked
package dev.assay.bench.load;

import org.jspecify.annotations.NullMarked;
