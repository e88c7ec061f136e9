/** JMH benchmarks, compiled with everything else and run by hand. */
@NullMarked
package dev.assay.bench;

import org.jspecify.annotations.NullMarked;
