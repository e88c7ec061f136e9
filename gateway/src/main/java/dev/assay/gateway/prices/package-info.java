/** What models cost, and the model that says what each attempt cost. */
@NullMarked
package dev.assay.gateway.prices;

import org.jspecify.annotations.NullMarked;
