package dev.assay.ledger.read;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.assay.core.bytes.Bytes;
import dev.assay.core.store.EmbeddingCache;
import dev.assay.core.vector.Vector;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Stored vectors, and in memory those that were used last. A vector that was kept but is not stored
 * yet is in memory; when it is pushed out before that, the next call for it asks again, and the
 * stored one stays the first.
 */
public final class StoredEmbeddings implements EmbeddingCache {
  private static final long MEMORY_BYTES = 64L << 20;
  private static final int ENTRY_BYTES = 200;
  // Of one query; more parameters cost more to prepare than they save.
  private static final int MOST_KEYS = 500;

  private final ReaderPool pool;
  private final UnaryOperator<Bytes> digest;
  private final Cache<Bytes, Vector> memory =
      Caffeine.newBuilder()
          .maximumWeight(MEMORY_BYTES)
          .weigher((Bytes key, Vector vector) -> ENTRY_BYTES + vector.dimension() * Float.BYTES)
          .executor(Runnable::run)
          .build();

  /**
   * A cache with nothing in memory.
   *
   * @param digest keyed with the ledger's secret
   */
  public StoredEmbeddings(ReaderPool pool, UnaryOperator<Bytes> digest) {
    this.pool = pool;
    this.digest = digest;
  }

  @Override
  public Bytes digest(Bytes content) {
    return digest.apply(content);
  }

  @Override
  public List<Optional<Vector>> find(List<Bytes> keys) {
    Map<Bytes, Vector> found = new HashMap<>();
    Set<Bytes> missing = new LinkedHashSet<>();
    for (Bytes key : keys) {
      Vector vector = memory.getIfPresent(key);
      if (vector == null) {
        missing.add(key);
      } else {
        found.put(key, vector);
      }
    }
    if (!missing.isEmpty()) {
      read(List.copyOf(missing)).forEach((key, vector) -> found.put(key, keep(key, vector)));
    }
    return keys.stream().map(key -> Optional.ofNullable(found.get(key))).toList();
  }

  @Override
  public Vector keep(Bytes key, Vector vector) {
    Vector before = memory.asMap().putIfAbsent(key, vector);
    return before == null ? vector : before;
  }

  private Map<Bytes, Vector> read(List<Bytes> keys) {
    return pool.read(connection -> {
      Map<Bytes, Vector> found = new HashMap<>();
      for (int from = 0; from < keys.size(); from += MOST_KEYS) {
        read(connection, keys.subList(from, Math.min(keys.size(), from + MOST_KEYS)), found);
      }
      return found;
    });
  }

  private static void read(Connection connection, List<Bytes> keys, Map<Bytes, Vector> found)
      throws SQLException {
    String sql =
        "SELECT key, vector FROM ledger_vectors WHERE key IN ("
            + String.join(", ", Collections.nCopies(keys.size(), "?"))
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < keys.size(); i++) {
        statement.setBytes(i + 1, keys.get(i).toArray());
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Bytes vector = Bytes.wrap(row.getBytes(2));
          found.put(Bytes.wrap(row.getBytes(1)), Vector.ofBytes(vector));
        }
      }
    }
  }
}
