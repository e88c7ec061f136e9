/** From the name that a caller writes to the model that answers. */
@NullMarked
package dev.assay.gateway.names;

import org.jspecify.annotations.NullMarked;
