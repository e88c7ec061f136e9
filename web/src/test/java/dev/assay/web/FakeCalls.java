package dev.assay.web;

import dev.assay.core.model.Principal;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallPage;
import dev.assay.core.store.CallQuery;
import dev.assay.core.store.CallSummary;
import dev.assay.core.store.Calls;
import dev.assay.core.store.StoredCall;
import dev.assay.core.usage.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Recorded calls as a test puts them, and what was asked about them. */
public final class FakeCalls implements Calls {
  private volatile CallPage page = new CallPage(List.of(), Optional.empty());
  private volatile Optional<StoredCall> call = Optional.empty();
  private volatile CallSummary summary =
      new CallSummary(
          new CallSummary.Totals(
              0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Money.ZERO, 0, Map.of(), Map.of(), Optional.empty()),
          List.of(),
          Optional.empty(),
          Optional.empty());
  private final List<Asked> responses = new ArrayList<>();
  private final List<CallQuery> queries = new ArrayList<>();
  private final List<CallFilter> filters = new ArrayList<>();

  /** Lists that from now on. */
  public void page(CallPage next) {
    page = next;
  }

  /**
   * A response that was asked for.
   *
   * @param id its identifier
   * @param principal who asked
   */
  public record Asked(String id, Principal principal) {}

  /** The responses that were asked for; none is found. */
  public synchronized List<Asked> responses() {
    return List.copyOf(responses);
  }

  /** Finds that from now on. */
  public void call(StoredCall next) {
    call = Optional.of(next);
  }

  /** Sums up to that from now on. */
  public void summary(CallSummary next) {
    summary = next;
  }

  /** The pages that were asked for. */
  public synchronized List<CallQuery> queries() {
    return List.copyOf(queries);
  }

  /** The totals that were asked for. */
  public synchronized List<CallFilter> filters() {
    return List.copyOf(filters);
  }

  @Override
  public Optional<StoredCall> find(UUID id) {
    return call.filter(stored -> stored.row().id().equals(id));
  }

  @Override
  public synchronized Optional<StoredCall> response(String responseId, Principal principal) {
    responses.add(new Asked(responseId, principal));
    return Optional.empty();
  }

  @Override
  public synchronized CallPage list(CallQuery query) {
    queries.add(query);
    return page;
  }

  @Override
  public synchronized CallSummary summary(CallFilter filter) {
    filters.add(filter);
    return summary;
  }
}
