/** Embeddings: what is known already does not travel, and what travels does so once. */
@NullMarked
package dev.assay.gateway.embedding;

import org.jspecify.annotations.NullMarked;
