/** What a call used and what it cost. */
@NullMarked
package dev.assay.core.usage;

import org.jspecify.annotations.NullMarked;
