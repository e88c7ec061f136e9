/** Counts tokens where a provider does not say how many there were. */
@NullMarked
package dev.assay.gateway.tokens;

import org.jspecify.annotations.NullMarked;
