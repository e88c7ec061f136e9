/** Nothing that a client saw may be missing, whatever happens to the program. */
@NullMarked
package dev.assay.app.e2e.durability;

import org.jspecify.annotations.NullMarked;
