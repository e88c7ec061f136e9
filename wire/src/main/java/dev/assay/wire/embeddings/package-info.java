/** OpenAI's Embeddings: {@code POST /v1/embeddings}, at the door and at a provider. */
@NullMarked
package dev.assay.wire.embeddings;

import org.jspecify.annotations.NullMarked;
