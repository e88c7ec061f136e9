package dev.assay.ledger.read;

import dev.assay.core.store.CallSummary.Latency;
import dev.assay.core.store.CallSummary.Totals;
import dev.assay.core.usage.Money;
import dev.assay.ledger.rollup.CallFacts.Tokens;
import dev.assay.ledger.rollup.RollupKey;
import dev.assay.ledger.rollup.RollupTotals;
import java.util.HashMap;
import java.util.Map;

/** Adds up totals of several keys. */
final class TotalsSum {
  private static final double MEDIAN = 0.5;
  private static final double P95 = 0.95;
  private static final double P99 = 0.99;

  private final RollupTotals sum = new RollupTotals();
  private final Map<String, Long> statuses = new HashMap<>();
  private final Map<String, Long> errors = new HashMap<>();
  private long simulated;

  void add(RollupKey key, RollupTotals totals) {
    sum.add(totals);
    statuses.merge(key.status(), totals.calls(), Long::sum);
    if (!key.errorCode().isEmpty()) {
      errors.merge(key.errorCode(), totals.calls(), Long::sum);
    }
    if (key.simulated()) {
      simulated += totals.calls();
    }
  }

  Totals totals() {
    Tokens tokens = sum.tokens();
    return new Totals(
        sum.calls(),
        simulated,
        tokens.input(),
        tokens.cacheRead(),
        tokens.cacheWrite5m(),
        tokens.cacheWrite1h(),
        tokens.output(),
        tokens.reasoning(),
        tokens.inputAudio(),
        tokens.outputAudio(),
        new Money(sum.cost()),
        sum.unknownCosts(),
        statuses,
        errors,
        sum.meanLatency()
            .map(mean ->
                new Latency(mean, sum.latency(MEDIAN), sum.latency(P95), sum.latency(P99))));
  }
}
