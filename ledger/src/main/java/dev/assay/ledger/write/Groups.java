package dev.assay.ledger.write;

import dev.assay.core.id.UuidV7;
import dev.assay.core.time.Clock;
import dev.assay.ledger.record.Entries;
import dev.assay.ledger.record.Entry;
import dev.assay.ledger.record.RecordType;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets calls join the group that they name, in the transaction that records them. A group is made
 * when it is first named. Used by the writer alone.
 */
final class Groups {
  private static final String TYPE = "label";
  private static final int NAME = RecordType.CALL.index("group_name");
  private static final int PRINCIPAL = RecordType.CALL.index("principal");

  private final Clock clock;
  private final Entries entries;
  private final UuidV7 ids;
  private final Map<String, Group> known = new HashMap<>();
  private final PreparedStatement find;
  private final PreparedStatement create;
  private final PreparedStatement count;
  private final RowInserts members;

  private static final class Group {
    private final String id;
    private long members;

    private Group(String id, long members) {
      this.id = id;
      this.members = members;
    }
  }

  Groups(Connection connection, Clock clock, Entries entries) throws SQLException {
    this.clock = clock;
    this.entries = entries;
    this.ids = new UuidV7(clock, new SecureRandom());
    find =
        connection.prepareStatement(
            "SELECT id, members FROM groups WHERE group_type = '" + TYPE + "' AND name = ?");
    create =
        connection.prepareStatement(
            "INSERT INTO groups (id, group_type, name, created_at) VALUES (?, '"
                + TYPE
                + "', ?, ?)");
    count = connection.prepareStatement("UPDATE groups SET members = ? WHERE id = ?");
    members =
        new RowInserts(
            connection, "group_members", List.of("group_id", "call_id", "added_at", "position"));
  }

  /**
   * Lets a call join the group that it names, if it names one.
   *
   * @return the record of the group's making, when it was made for this call
   */
  Optional<Entry> join(Entry call) throws SQLException {
    if (!(call.value(NAME) instanceof String name)) {
      return Optional.empty();
    }
    Optional<Entry> made = Optional.empty();
    Group group = known.get(name);
    if (group == null) {
      Optional<Group> stored = stored(name);
      if (stored.isEmpty()) {
        stored = Optional.of(create(name));
        made = Optional.of(entries.groupCreated(stored.get().id, TYPE, name, call.text(PRINCIPAL)));
      }
      group = stored.get();
      known.put(name, group);
    }
    members.set(group.id).set(call.id()).set(clock.now().toString()).set(group.members++).end();
    return made;
  }

  /** Writes what has joined. */
  void execute() throws SQLException {
    members.execute();
    for (Group group : known.values()) {
      count.setLong(1, group.members);
      count.setString(2, group.id);
      count.addBatch();
    }
    if (!known.isEmpty()) {
      count.executeBatch();
    }
    // Whoever changes groups later does it beside this cache, so it lives for one batch.
    known.clear();
  }

  private Optional<Group> stored(String name) throws SQLException {
    find.setString(1, name);
    try (ResultSet row = find.executeQuery()) {
      return row.next()
          ? Optional.of(new Group(row.getString(1), row.getLong(2)))
          : Optional.empty();
    }
  }

  private Group create(String name) throws SQLException {
    Group group = new Group(ids.next().toString(), 0);
    create.setString(1, group.id);
    create.setString(2, name);
    create.setString(3, clock.now().toString());
    create.executeUpdate();
    return group;
  }
}
