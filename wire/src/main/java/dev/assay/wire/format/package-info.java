/** What all wire formats have in common: the forms in which their readers and writers meet. */
@NullMarked
package dev.assay.wire.format;

import org.jspecify.annotations.NullMarked;
