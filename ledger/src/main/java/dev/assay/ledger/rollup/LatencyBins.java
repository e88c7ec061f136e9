package dev.assay.ledger.rollup;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.Store;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/**
 * What a sketch of latencies holds, as two numbers that are sums over its values: it is the same
 * for the same values in any order, and takes no room.
 *
 * @param values how many values
 * @param sum of a number for each value, drawn from the bin that it falls into, modulo 2⁶⁴
 */
record LatencyBins(long values, long sum) {
  /** Of no value. */
  static final LatencyBins NONE = new LatencyBins(0, 0);

  private static final IndexMapping MAPPING =
      DDSketches.unboundedDense(RollupTotals.ACCURACY).getIndexMapping();
  private static final int ZERO = Integer.MIN_VALUE;

  /** With one more value. */
  LatencyBins plus(double milliseconds) {
    int bin = milliseconds > MAPPING.minIndexableValue() ? MAPPING.index(milliseconds) : ZERO;
    return new LatencyBins(values + 1, sum + drawn(bin));
  }

  /** Those of a stored sketch; empty when it is damaged. */
  static Optional<LatencyBins> of(byte[] stored) {
    DDSketch sketch = DDSketches.unboundedDense(RollupTotals.ACCURACY);
    try {
      sketch.decodeAndMergeWith(ByteArrayInput.wrap(stored));
      return of(sketch);
    } catch (IOException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<LatencyBins> of(DDSketch sketch) {
    Store positive = sketch.getPositiveValueStore();
    double zeros = sketch.getCount() - positive.getTotalCount();
    if (!sketch.getNegativeValueStore().isEmpty() || !whole(zeros)) {
      return Optional.empty();
    }
    long sum = drawn(ZERO) * (long) zeros;
    Iterator<Bin> bins = positive.getAscendingIterator();
    while (bins.hasNext()) {
      Bin bin = bins.next();
      if (!whole(bin.getCount())) {
        return Optional.empty();
      }
      sum += drawn(bin.getIndex()) * (long) bin.getCount();
    }
    return Optional.of(new LatencyBins((long) sketch.getCount(), sum));
  }

  private static boolean whole(double count) {
    return count == Math.rint(count);
  }

  // The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
  // Generators, 2014).
  private static long drawn(int bin) {
    long z = bin + 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }
}
