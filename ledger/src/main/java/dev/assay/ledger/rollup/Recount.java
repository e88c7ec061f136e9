package dev.assay.ledger.rollup;

import dev.assay.ledger.rollup.CallFacts.Tokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The totals of some calls, added up to be compared with a stored row. Not thread-safe. */
final class Recount {
  private static final double MICROS_OF_MILLI = 1_000.0;
  private static final List<String> COLUMNS = List.of(RollupTotals.COLUMNS.split(", *"));
  private static final int LATENCIES = COLUMNS.indexOf("latencies");

  private final long[] numbers = new long[LATENCIES];
  private LatencyBins latencies = LatencyBins.NONE;
  private boolean compared;

  /** Adds a call. */
  void add(CallFacts call) {
    int at = 0;
    numbers[at++]++;
    if (call.key().billed()) {
      Tokens tokens = call.tokens();
      numbers[at++] += tokens.input();
      numbers[at++] += tokens.cacheRead();
      numbers[at++] += tokens.cacheWrite5m();
      numbers[at++] += tokens.cacheWrite1h();
      numbers[at++] += tokens.output();
      numbers[at++] += tokens.reasoning();
      numbers[at++] += tokens.inputAudio();
      numbers[at++] += tokens.outputAudio();
      Long cost = call.cost();
      numbers[at] += cost == null ? 0 : cost;
      numbers[at + 1] += cost == null ? 1 : 0;
    }
    Long latency = call.latency();
    if (latency != null) {
      numbers[LATENCIES - 1] += latency;
      latencies = latencies.plus(latency / MICROS_OF_MILLI);
    }
  }

  /** Whether it was compared. */
  boolean compared() {
    return compared;
  }

  /** How many calls. */
  long calls() {
    return numbers[0];
  }

  /**
   * The first difference to a stored row.
   *
   * @param first where {@link RollupTotals#COLUMNS} begin in the row
   */
  Optional<String> difference(ResultSet row, int first) throws SQLException {
    compared = true;
    for (int i = 0; i < LATENCIES; i++) {
      long stored = row.getLong(first + i);
      if (stored != numbers[i]) {
        return Optional.of(
            COLUMNS.get(i) + " is " + stored + ", but its calls add up to " + numbers[i]);
      }
    }
    byte[] stored = row.getBytes(first + LATENCIES);
    Optional<LatencyBins> bins =
        stored == null ? Optional.of(LatencyBins.NONE) : LatencyBins.of(stored);
    return bins.equals(Optional.of(latencies))
        ? Optional.empty()
        : Optional.of("the distribution of latencies is not that of its calls");
  }
}
