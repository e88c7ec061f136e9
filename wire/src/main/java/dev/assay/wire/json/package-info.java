/** Reading, writing and splicing JSON without a tree. */
@NullMarked
package dev.assay.wire.json;

import org.jspecify.annotations.NullMarked;
