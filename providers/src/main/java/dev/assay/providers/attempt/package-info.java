/** One attempt at a provider over HTTP, whatever wire format it speaks. */
@NullMarked
package dev.assay.providers.attempt;

import org.jspecify.annotations.NullMarked;
