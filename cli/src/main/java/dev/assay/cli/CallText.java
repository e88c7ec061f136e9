package dev.assay.cli;

import dev.assay.core.store.CallRow;
import dev.assay.core.store.StoredAttempt;
import dev.assay.core.store.StoredCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How a recorded call looks for people. */
final class CallText {
  private CallText() {}

  /** The model with its provider, and whether it was simulated. */
  static String model(CallRow call) {
    String name = model(call.provider(), call.model());
    return call.simulated() ? name + " (simulated)" : name;
  }

  /**
   * The model with its provider: as the request names it when no provider was asked, and {@code
   * (refused)} when no name is known.
   */
  static String model(String provider, String model) {
    if (provider.isEmpty()) {
      return model.isEmpty() ? "(refused)" : model;
    }
    return provider + "/" + model;
  }

  /** The status, with the error's code. */
  static String status(CallRow call) {
    String text = call.status().text();
    return call.errorCode().map(code -> text + ": " + code).orElse(text);
  }

  /** Writes a call, whole. */
  static void print(StoredCall call, Output out) {
    facts(call.row()).forEach((name, value) -> fact(name, value, out));
    if (!call.attempts().isEmpty()) {
      out.line("");
      attempts(call).print(out);
    }
    body("Metadata", call.metadataJson(), out);
    body("Request", call.requestJson(), out);
    body("Response", call.responseJson(), out);
    body("Error", call.errorJson(), out);
  }

  private static Map<String, String> facts(CallRow row) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Call", row.id().toString());
    facts.put("Created", Figures.moment(row.createdAt()));
    facts.put("Model", model(row));
    facts.put("Kind", row.kind().text());
    facts.put("Status", status(row));
    facts.put("Delivered", row.delivered().text());
    facts.put("Principal", row.principal());
    row.userId().ifPresent(user -> facts.put("User", user));
    row.parentId().ifPresent(parent -> facts.put("Parent", parent.toString()));
    row.runId().ifPresent(run -> facts.put("Run", run));
    row.step().ifPresent(step -> facts.put("Step", step));
    row.leaderId().ifPresent(leader -> facts.put("Leader", leader.toString()));
    row.latency().ifPresent(span -> facts.put("Latency", Figures.span(span)));
    row.firstToken().ifPresent(span -> facts.put("First token", Figures.span(span)));
    facts.put("Usage", Figures.tokens(row.usage()));
    facts.put("Cost", Figures.cost(row.cost()));
    row.priceVersion().ifPresent(version -> facts.put("Price", version));
    facts.put("Record", row.writer() + " #" + row.seq());
    return facts;
  }

  private static void fact(String name, String value, Output out) {
    out.print(Ink.BOLD, String.format("%-12s", name));
    out.line(value.replace('\n', ' '));
  }

  private static Table attempts(StoredCall call) {
    Table table =
        new Table(
            Table.right("ATTEMPT"),
            Table.left("ROLE"),
            Table.left("MODEL"),
            Table.left("ENDPOINT"),
            Table.right("HTTP"),
            Table.left("ERROR"),
            Table.right("WAITED"),
            Table.right("LATENCY"),
            Table.right("COST"));
    call.attempts().forEach(attempt -> add(attempt, table));
    return table;
  }

  private static void add(StoredAttempt attempt, Table table) {
    table.row(
        String.valueOf(attempt.number()),
        attempt.role(),
        attempt.provider() + "/" + attempt.model(),
        attempt.endpoint().orElse("in process"),
        attempt.httpStatus().map(String::valueOf).orElse(""),
        attempt.errorCode().orElse(""),
        Figures.span(attempt.delay()),
        Figures.span(attempt.latency()),
        Figures.cost(attempt.cost()));
  }

  private static void body(String name, Optional<String> json, Output out) {
    json.ifPresent(text -> {
      out.line("");
      out.line(Ink.BOLD, name);
      out.line(text);
    });
  }
}
