package dev.assay.ledger.record;

import dev.assay.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries as bytes, for the spill file: everything that the chain will hash. */
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
    return writer.written();
  }

  /**
   * The entry.
   *
   * @throws IllegalArgumentException when the bytes are not an entry of this format
   */
  public static Entry read(Bytes bytes) {
    ValueReader reader = new ValueReader(bytes);
    if (!Long.valueOf(RecordDigests.FORMAT).equals(reader.value())
        || !(reader.value() instanceof String name)) {
      throw new IllegalArgumentException("entry: is of another format");
    }
    RecordType type = RecordType.valueOf(name);
    @Nullable Object[] values = reader.values(type.columns().size());
    List<@Nullable Object[]> attempts = new ArrayList<>();
    if (reader.value() instanceof Long count) {
      for (long i = 0; i < count; i++) {
        attempts.add(reader.values(RecordType.ATTEMPT_COLUMNS.size()));
      }
    }
    Bodies bodies = Bodies.of(reader.values(BodyPart.COLUMNS));
    return new Entry(type, values, attempts, bodies);
  }
}
