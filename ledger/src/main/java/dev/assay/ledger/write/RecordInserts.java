package dev.assay.ledger.write;

import dev.assay.core.bytes.Bytes;
import dev.assay.ledger.record.BodyPart;
import dev.assay.ledger.record.Entry;
import dev.assay.ledger.record.RecordType;
import dev.assay.ledger.record.SideRow;
import dev.assay.ledger.record.SideRow.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Inserts the rows of records: each record's own, its attempts, its bodies, what is beside it. Not
 * thread-safe.
 */
final class RecordInserts {
  private final Map<RecordType, RowInserts> records = new EnumMap<>(RecordType.class);
  private final Map<Table, RowInserts> sides = new EnumMap<>(Table.class);
  private final RowInserts attempts;
  private final RowInserts bodies;
  private final List<RowInserts> all = new ArrayList<>();

  RecordInserts(Connection connection) throws SQLException {
    for (RecordType type : RecordType.values()) {
      List<String> columns = columns(type.columns());
      columns.add("digest");
      records.put(type, prepare(connection, type.table(), columns));
    }
    attempts = prepare(connection, RecordType.ATTEMPT_TABLE, columns(RecordType.ATTEMPT_COLUMNS));
    bodies = prepare(connection, BodyPart.TABLE, columns(BodyPart.columns()));
    for (Table table : Table.values()) {
      RowInserts inserts =
          switch (table) {
            case VECTORS -> RowInserts.unlessThere(connection, table.table(), table.columns());
            case RESPONSES -> RowInserts.replacing(connection, table.table(), table.columns());
          };
      all.add(inserts);
      sides.put(table, inserts);
    }
  }

  /** Adds a record's rows. */
  void add(Entry entry, long place, Bytes digest) throws SQLException {
    RowInserts row = records.get(entry.type());
    if (row == null) {
      throw new IllegalStateException("No statement for " + entry.type());
    }
    row.set(place);
    for (int i = 0; i < entry.type().columns().size(); i++) {
      row.set(entry.value(i));
    }
    row.set(digest).end();
    for (@Nullable Object[] attempt : entry.attempts()) {
      attempts.set(place).setAll(attempt).end();
    }
    if (!entry.bodies().parts().isEmpty()) {
      bodies.set(place).setAll(entry.bodies().values()).end();
    }
    for (SideRow side : entry.sides()) {
      Objects.requireNonNull(sides.get(side.table())).setAll(side.values()).end();
    }
  }

  /** Inserts what was added. */
  void execute() throws SQLException {
    for (RowInserts inserts : all) {
      inserts.execute();
    }
  }

  private RowInserts prepare(Connection connection, String table, List<String> columns)
      throws SQLException {
    RowInserts inserts = new RowInserts(connection, table, columns);
    all.add(inserts);
    return inserts;
  }

  private static List<String> columns(List<String> own) {
    List<String> columns = new ArrayList<>(own);
    columns.addFirst("place");
    return columns;
  }
}
