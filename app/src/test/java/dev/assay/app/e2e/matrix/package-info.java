/** Every door before every provider: what is sent, what is shown, and what is lost. */
@NullMarked
package dev.assay.app.e2e.matrix;

import org.jspecify.annotations.NullMarked;
