package dev.assay.testkit;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.store.EmbeddingCache;
import dev.assay.core.vector.Vector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps vectors in memory; its digests are the contents themselves. Thread-safe. */
public final class MemoryEmbeddings implements EmbeddingCache {
  private final Map<Bytes, Vector> vectors = new HashMap<>();

  /** An empty cache. */
  public MemoryEmbeddings() {}

  @Override
  public Bytes digest(Bytes content) {
    return content;
  }

  @Override
  public synchronized List<Optional<Vector>> find(List<Bytes> keys) {
    return keys.stream().map(key -> Optional.ofNullable(vectors.get(key))).toList();
  }

  @Override
  public synchronized Vector keep(Bytes key, Vector vector) {
    Vector before = vectors.putIfAbsent(key, vector);
    return before == null ? vector : before;
  }

  /** How many vectors it has. */
  public synchronized int size() {
    return vectors.size();
  }

  /** What it has vectors for, as text. */
  public synchronized List<String> keys() {
    return vectors.keySet().stream().map(Bytes::utf8).sorted().toList();
  }
}
