/** Server-sent events, read as they arrive. */
@NullMarked
package dev.assay.wire.sse;

import org.jspecify.annotations.NullMarked;
