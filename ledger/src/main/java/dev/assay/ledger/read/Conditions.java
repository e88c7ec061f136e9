package dev.assay.ledger.read;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Conditions of a statement with their parameters, all of which must hold. Not thread-safe. */
final class Conditions {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  /** Adds a condition; each question mark takes one of the values. */
  Conditions and(String condition, Object... values) {
    conditions.add(condition);
    parameters.addAll(List.of(values));
    return this;
  }

  /** Adds the conditions of another. */
  Conditions and(Conditions other) {
    conditions.addAll(other.conditions);
    parameters.addAll(other.parameters);
    return this;
  }

  /** Whether there is no condition. */
  boolean isEmpty() {
    return conditions.isEmpty();
  }

  /** The conditions, with {@code WHERE} in front; empty when there is none. */
  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** Sets the parameters of a statement, from the first on. */
  void set(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      statement.setObject(i + 1, parameters.get(i));
    }
  }
}
