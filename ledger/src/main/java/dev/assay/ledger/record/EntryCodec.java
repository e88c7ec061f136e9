package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries as bytes, for the spill file: everything that the chain will hash, and what is written
 * with it. What an earlier version wrote can be read: columns that it did not have are null.
 */
public final class EntryCodec {
  private EntryCodec() {}

  /** An entry as bytes. */
  public static Bytes write(Entry entry) {
    ValueWriter writer = new ValueWriter((int) Math.min(entry.size(), Integer.MAX_VALUE / 2));
    writer.value(RecordDigests.FORMAT).value(entry.type().name());
    for (int i = 0; i < entry.type().columns().size(); i++) {
      writer.value(entry.value(i));
    }
    writer.value((long) entry.attempts().size());
    entry.attempts().forEach(writer::values);
    writer.values(entry.bodies().values());
    for (SideRow row : entry.sides()) {
      writer.value(row.table().name()).values(row.values());
    }
    return writer.written();
  }

  /**
   * The entry.
   *
   * @throws IllegalArgumentException when the bytes are not an entry of this format or an earlier
   *     one
   */
  public static Entry read(Bytes bytes) {
    ValueReader reader = new ValueReader(bytes);
    if (!(reader.value() instanceof Long format)
        || format < 1
        || format > RecordDigests.FORMAT
        || !(reader.value() instanceof String name)) {
      throw new IllegalArgumentException("entry: is of another format");
    }
    RecordType type = RecordType.valueOf(name);
    @Nullable Object[] values = read(reader, type.columns(format), type.columns());
    List<@Nullable Object[]> attempts = new ArrayList<>();
    if (reader.value() instanceof Long count) {
      for (long i = 0; i < count; i++) {
        attempts.add(read(reader, RecordType.attemptColumns(format), RecordType.ATTEMPT_COLUMNS));
      }
    }
    Bodies bodies = Bodies.of(reader.values(BodyPart.COLUMNS));
    return new Entry(type, values, attempts, bodies, sides(reader));
  }

  // A format only adds columns, behind those that were there.
  private static @Nullable Object[] read(
      ValueReader reader, List<String> written, List<String> columns) {
    return Arrays.copyOf(reader.values(written.size()), columns.size());
  }

  private static List<SideRow> sides(ValueReader reader) {
    List<SideRow> sides = new ArrayList<>();
    while (!reader.atEnd()) {
      if (!(reader.value() instanceof String name)) {
        throw new IllegalArgumentException("entry: a row beside it names no table");
      }
      SideRow.Table table = SideRow.Table.valueOf(name);
      sides.add(new SideRow(table, reader.values(table.columns().size())));
    }
    return sides;
  }
}
