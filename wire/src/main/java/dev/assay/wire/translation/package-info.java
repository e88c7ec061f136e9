/**
 * What becomes of a request that leaves in another format than it came in: what is kept, what is
 * lost and said, and what is refused.
 */
@NullMarked
package dev.assay.wire.translation;

import org.jspecify.annotations.NullMarked;
