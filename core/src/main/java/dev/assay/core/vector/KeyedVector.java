package dev.assay.core.vector;

import dev.assay.core.bytes.Bytes;

/**
 * A vector and what it is found by.
 *
 * @param key the digest that {@link dev.assay.core.store.EmbeddingCache#digest} gave for all that
 *     the vector depends on
 * @param vector the vector
 */
public record KeyedVector(Bytes key, Vector vector) {}
