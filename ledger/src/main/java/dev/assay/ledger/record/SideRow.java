package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row that is written together with a record but is no part of it: it is not hashed and may be
 * deleted.
 *
 * @param table where it goes
 * @param values its columns, in the order of {@link Table#columns()}
 */
// Nobody compares such rows, and a list cannot hold null.
@SuppressWarnings("ArrayRecordComponent")
public record SideRow(Table table, @Nullable Object[] values) {
  private static final long ROW_BYTES = 200;

  /** Checks the number of columns. */
  public SideRow {
    if (values.length != table.columns().size()) {
      throw new IllegalArgumentException("values: " + table.table() + " has other columns");
    }
  }

  /** A table of such rows; of two with the same first column one stays. */
  public enum Table {
    /** Vectors of embedded texts, by what they are found by; the earlier stays. */
    VECTORS("key", "model", "dimension", "norm", "vector", "call_id", "created_at"),
    /** Responses that can be asked for again; the later stays. */
    RESPONSES("response_id", "call_id", "principal");

    // List.of gives an immutable list.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> columns;

    Table(String... columns) {
      this.columns = List.of(columns);
    }

    /** The table. */
    public String table() {
      return "ledger_" + name().toLowerCase(Locale.ROOT);
    }

    /** Its columns, in order. */
    public List<String> columns() {
      return columns;
    }
  }

  /** About how many bytes it takes. */
  long size() {
    long size = ROW_BYTES;
    for (Object value : values) {
      size += value instanceof Bytes bytes ? bytes.length() : 0;
    }
    return size;
  }
}
