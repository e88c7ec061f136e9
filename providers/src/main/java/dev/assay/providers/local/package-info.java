/** Embeddings by a model that runs in this process. */
@NullMarked
package dev.assay.providers.local;

import org.jspecify.annotations.NullMarked;
