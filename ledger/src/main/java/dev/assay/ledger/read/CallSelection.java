package dev.assay.ledger.read;

import dev.assay.core.outcome.CallStatus;
import dev.assay.core.store.CallFilter;
import dev.assay.ledger.record.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A filter as conditions: those that an index answers, which choose candidates in the order of
 * their identifiers, and the others, which each candidate is tested against.
 *
 * @param candidates on {@code ledger_calls c}; none means all calls
 * @param tests on the same
 */
record CallSelection(Conditions candidates, Conditions tests) {
  // An identifier has the time at which it was made in it, and a call is dated when it comes in.
  // Between the two lie microseconds, unless the host's clock was set in that very moment.
  private static final Duration SLACK = Duration.ofHours(1);

  private static final String OF_GROUP =
      "c.id IN (SELECT m.call_id FROM group_members m WHERE m.group_id IN"
          + " (SELECT g.id FROM groups g WHERE g.id = ? OR g.name = ?))";

  static CallSelection of(CallFilter filter) {
    Conditions candidates = new Conditions();
    filter.parentId().map(UUID::toString).ifPresent(id -> candidates.and("c.parent_id = ?", id));
    filter.runId().ifPresent(id -> candidates.and("c.run_id = ?", id));
    filter.group().ifPresent(group -> candidates.and(OF_GROUP, group, group));
    filter
        .status()
        .filter(status -> status != CallStatus.SUCCESS)
        .ifPresent(status -> candidates.and("c.status <> 'success'"));
    filter.since().ifPresent(time -> candidates.and("c.id >= ?", firstId(time.minus(SLACK))));
    filter.until().ifPresent(time -> candidates.and("c.id < ?", firstId(time.plus(SLACK))));
    return new CallSelection(candidates, tests(filter));
  }

  /** What no identifier is smaller than that was made at a moment or later. */
  static String firstId(Instant moment) {
    long millis = Math.max(0, moment.toEpochMilli());
    return new UUID(millis << 16, 0).toString().substring(0, "00000000-0000-".length());
  }

  private static Conditions tests(CallFilter filter) {
    Conditions tests = new Conditions();
    filter.status().ifPresent(status -> tests.and("c.status = ?", status.text()));
    filter.since().ifPresent(time -> tests.and("c.created_at >= ?", Times.micros(time)));
    filter.until().ifPresent(time -> tests.and("c.created_at < ?", Times.micros(time)));
    return tests.and(ofKey(filter, "c."));
  }

  /** The conditions that totals know too: provider, model, kind and principal. */
  static Conditions ofKey(CallFilter filter, String prefix) {
    Conditions key = new Conditions();
    filter.provider().ifPresent(name -> key.and(prefix + "provider = ?", name));
    filter.kind().ifPresent(kind -> key.and(prefix + "kind = ?", kind.text()));
    filter.principal().ifPresent(name -> key.and(prefix + "principal = ?", name));
    filter.model().ifPresent(name -> ofModel(key, name, prefix));
    return key;
  }

  private static void ofModel(Conditions key, String name, String prefix) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      key.and(prefix + "model = ?", name);
    } else {
      // A model may have a slash in its own name, so both readings count.
      key.and(
          "(" + prefix + "model = ? OR (" + prefix + "provider = ? AND " + prefix + "model = ?))",
          name,
          name.substring(0, slash),
          name.substring(slash + 1));
    }
  }
}
