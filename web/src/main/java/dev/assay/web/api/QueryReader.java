package dev.assay.web.api;

import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** Reads the query parameters that choose calls. Used by one thread. */
final class QueryReader {
  private static final Set<String> FILTERS =
      Set.of(
          "provider",
          "model",
          "status",
          "kind",
          "principal",
          "parent",
          "run",
          "group",
          "since",
          "until");

  private final Map<String, List<String>> parameters;

  private QueryReader(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /** A parameter that cannot be used; carries no stack. */
  static final class InvalidParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String field;

    InvalidParameterException(String field, String message) {
      super(message, null, false, false);
      this.field = field;
    }

    String field() {
      return field;
    }
  }

  /**
   * Over which calls totals are made: those that rollups do not know cannot choose.
   *
   * @throws InvalidParameterException when a parameter is unknown or has a wrong value
   */
  static CallFilter totals(Map<String, List<String>> parameters) {
    QueryReader reader = new QueryReader(parameters);
    Set<String> known = new TreeSet<>(FILTERS);
    known.removeAll(List.of("parent", "run", "group"));
    reader.refuseOthers(known);
    return reader.filter();
  }

  /**
   * A page of calls.
   *
   * @throws InvalidParameterException when a parameter is unknown or has a wrong value
   */
  static CallQuery query(Map<String, List<String>> parameters) {
    QueryReader reader = new QueryReader(parameters);
    Set<String> known = new TreeSet<>(FILTERS);
    known.addAll(List.of("limit", "before"));
    reader.refuseOthers(known);
    int limit = reader.value("limit", QueryReader::limit).orElse(CallQuery.DEFAULT_LIMIT);
    return new CallQuery(reader.filter(), limit, reader.id("before"));
  }

  private void refuseOthers(Set<String> known) {
    for (String name : parameters.keySet()) {
      if (!known.contains(name)) {
        throw new InvalidParameterException(
            name,
            "The query parameter is not known here; known are "
                + String.join(", ", new TreeSet<>(known))
                + ".");
      }
    }
  }

  private CallFilter filter() {
    return new CallFilter(
        text("provider"),
        text("model"),
        value("status", text -> CallStatus.valueOf(text.toUpperCase(Locale.ROOT))),
        value("kind", text -> CallKind.valueOf(text.toUpperCase(Locale.ROOT))),
        text("principal"),
        id("parent"),
        text("run"),
        text("group"),
        value("since", QueryReader::moment),
        value("until", QueryReader::moment));
  }

  private static Instant moment(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static int limit(String text) {
    int limit = Integer.parseInt(text);
    if (limit < 1 || limit > CallQuery.GREATEST_LIMIT) {
      throw new IllegalArgumentException("limit");
    }
    return limit;
  }

  private Optional<UUID> id(String name) {
    return value(name, Ids::parse);
  }

  private Optional<String> text(String name) {
    return value(name, Function.identity());
  }

  private <T> Optional<T> value(String name, Function<String, T> reading) {
    List<String> values = parameters.get(name);
    if (values == null) {
      return Optional.empty();
    }
    if (values.size() != 1 || values.getFirst().isBlank()) {
      throw new InvalidParameterException(name, "The query parameter must have one value.");
    }
    try {
      return Optional.of(reading.apply(values.getFirst()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new InvalidParameterException(name, "The query parameter must be " + form(name) + ".");
    }
  }

  private static String form(String name) {
    return switch (name) {
      case "status" -> "success, failed, refused, cancelled or interrupted";
      case "kind" -> "provider, strategy, cached, coalesced or refused";
      case "since", "until" -> "a moment such as 2026-11-21T08:00:00Z";
      case "limit" -> "a number from 1 to " + CallQuery.GREATEST_LIMIT;
      default -> "the identifier of a call";
    };
  }
}
