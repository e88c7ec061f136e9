package dev.assay.bench.load;

import java.util.Arrays;
import java.util.Locale;

/** Delays in nanoseconds, collected by one thread each and looked at afterwards. */
final class Delays {
  private long[] values = new long[1024];
  private int size;

  void add(long nanos) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = nanos;
  }

  void addAll(Delays other) {
    for (int i = 0; i < other.size; i++) {
      add(other.values[i]);
    }
  }

  int size() {
    return size;
  }

  double millis(double quantile) {
    long[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return size == 0
        ? Double.NaN
        : sorted[(int) Math.min(size - 1L, (long) (quantile * size))] / 1e6;
  }

  String summary() {
    return String.format(
        Locale.ROOT,
        "n %d  p50 %.3f ms  p90 %.3f ms  p99 %.3f ms  p99.9 %.3f ms  max %.3f ms",
        size,
        millis(0.5),
        millis(0.9),
        millis(0.99),
        millis(0.999),
        millis(1));
  }
}
