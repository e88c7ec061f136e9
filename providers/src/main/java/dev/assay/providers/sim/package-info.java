/** A simulated provider: seeded, in process, without a key. */
@NullMarked
package dev.assay.providers.sim;

import org.jspecify.annotations.NullMarked;
