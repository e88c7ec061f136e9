/** What came of a call: an answer or a failure, with its attempts. */
@NullMarked
package dev.assay.core.outcome;

import org.jspecify.annotations.NullMarked;
