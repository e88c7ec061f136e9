/** Configuration, wiring, life cycle and main. */
@NullMarked
package dev.assay.app;

import org.jspecify.annotations.NullMarked;
