package dev.assay.ledger.rollup;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import dev.assay.ledger.rollup.CallFacts.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Totals that calls and other totals are added to. Not thread-safe. */
public final class RollupTotals {
  /** The columns of the totals, in the order in which they are read and written. */
  public static final String COLUMNS =
      "calls, input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens,"
          + " output_tokens, reasoning_tokens, input_audio_tokens, output_audio_tokens, cost,"
          + " unknown_costs, latency_us, latencies";

  /** How many columns those are. */
  public static final int COUNT = 13;

  /** The relative error of percentiles. */
  static final double ACCURACY = 0.01;

  private static final double MICROS_OF_MILLI = 1_000.0;

  private long calls;
  private Tokens tokens = new Tokens(0, 0, 0, 0, 0, 0, 0, 0);
  private long cost;
  private long unknownCosts;
  private long latency;
  private @Nullable DDSketch latencies;

  /** Nothing yet. */
  public RollupTotals() {}

  /** Adds a call. */
  public void add(CallFacts call) {
    calls++;
    if (call.key().billed()) {
      tokens = plus(tokens, call.tokens());
      Long spent = call.cost();
      if (spent == null) {
        unknownCosts++;
      } else {
        cost = plus(cost, spent);
      }
    }
    Long took = call.latency();
    if (took != null) {
      latency = plus(latency, took);
      sketch().accept(took / MICROS_OF_MILLI);
    }
  }

  /** Adds other totals. */
  public void add(RollupTotals other) {
    calls += other.calls;
    tokens = plus(tokens, other.tokens);
    cost = plus(cost, other.cost);
    unknownCosts += other.unknownCosts;
    latency = plus(latency, other.latency);
    if (other.latencies != null) {
      sketch().mergeWith(other.latencies);
    }
  }

  /**
   * Adds stored totals.
   *
   * @param first where {@link #COLUMNS} begin in the row
   */
  public void add(ResultSet row, int first) throws SQLException {
    calls += row.getLong(first);
    tokens =
        plus(
            tokens,
            new Tokens(
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getLong(first + 5),
                row.getLong(first + 6),
                row.getLong(first + 7),
                row.getLong(first + 8)));
    cost = plus(cost, row.getLong(first + 9));
    unknownCosts += row.getLong(first + 10);
    latency = plus(latency, row.getLong(first + 11));
    byte[] stored = row.getBytes(first + 12);
    if (stored != null) {
      decode(stored);
    }
  }

  /**
   * Sets the columns of a statement.
   *
   * @param first the parameter of the first of {@link #COLUMNS}
   */
  void set(PreparedStatement statement, int first) throws SQLException {
    statement.setLong(first, calls);
    statement.setLong(first + 1, tokens.input());
    statement.setLong(first + 2, tokens.cacheRead());
    statement.setLong(first + 3, tokens.cacheWrite5m());
    statement.setLong(first + 4, tokens.cacheWrite1h());
    statement.setLong(first + 5, tokens.output());
    statement.setLong(first + 6, tokens.reasoning());
    statement.setLong(first + 7, tokens.inputAudio());
    statement.setLong(first + 8, tokens.outputAudio());
    statement.setLong(first + 9, cost);
    statement.setLong(first + 10, unknownCosts);
    statement.setLong(first + 11, latency);
    statement.setBytes(first + 12, encode());
  }

  /** How many calls. */
  public long calls() {
    return calls;
  }

  /** The tokens of the calls to providers. */
  public Tokens tokens() {
    return tokens;
  }

  /** What they cost as far as it is known, in 10⁻¹² USD. */
  public long cost() {
    return cost;
  }

  /** How many calls to providers have an unknown cost. */
  public long unknownCosts() {
    return unknownCosts;
  }

  /** The mean latency in milliseconds, exact; empty when no call has one. */
  public Optional<Double> meanLatency() {
    return latencies == null
        ? Optional.empty()
        : Optional.of(latency / MICROS_OF_MILLI / latencies.getCount());
  }

  /**
   * A quantile of the latency in milliseconds; there must be a mean.
   *
   * @param quantile between 0 and 1
   */
  public double latency(double quantile) {
    return sketch().getValueAtQuantile(quantile);
  }

  private DDSketch sketch() {
    if (latencies == null) {
      latencies = DDSketches.unboundedDense(ACCURACY);
    }
    return latencies;
  }

  private byte @Nullable [] encode() {
    if (latencies == null) {
      return null;
    }
    GrowingByteArrayOutput output = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      latencies.encode(output, false);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return output.trimmedCopy();
  }

  private void decode(byte[] stored) throws SQLException {
    try {
      sketch().decodeAndMergeWith(ByteArrayInput.wrap(stored));
    } catch (IOException malformed) {
      throw new SQLException("A stored sketch of latencies is damaged", malformed);
    }
  }

  private static Tokens plus(Tokens one, Tokens other) {
    return new Tokens(
        plus(one.input(), other.input()),
        plus(one.cacheRead(), other.cacheRead()),
        plus(one.cacheWrite5m(), other.cacheWrite5m()),
        plus(one.cacheWrite1h(), other.cacheWrite1h()),
        plus(one.output(), other.output()),
        plus(one.reasoning(), other.reasoning()),
        plus(one.inputAudio(), other.inputAudio()),
        plus(one.outputAudio(), other.outputAudio()));
  }

  // A total that is out of range stays at the end of it: it must not stop the record.
  private static long plus(long one, long other) {
    long sum = one + other;
    boolean overflow = ((one ^ sum) & (other ^ sum)) < 0;
    return overflow ? (one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }
}
