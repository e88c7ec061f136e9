package dev.assay.ledger.read;

import dev.assay.core.store.CallFilter;
import dev.assay.ledger.rollup.Bucket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Buckets of one length that lie side by side.
 *
 * @param bucket their length
 * @param start the first second
 * @param end the second behind the last
 */
record BucketRange(Bucket bucket, long start, long end) {
  /**
   * A range of time, widened to whole buckets that are still readable, and cut into as few as
   * possible.
   *
   * @param since the first second, if there is a bound
   * @param until the second behind the last, if there is a bound
   * @param ranges the buckets that fill it
   */
  record Cover(Optional<Long> since, Optional<Long> until, List<BucketRange> ranges) {
    /** Whether a moment in microseconds lies inside. */
    boolean contains(long micros) {
      long second = Bucket.MINUTE.start(micros);
      return since.map(start -> second >= start).orElse(true)
          && until.map(end -> second < end).orElse(true);
    }
  }

  static Cover cover(CallFilter filter, Instant now) {
    long second = now.getEpochSecond();
    Optional<Long> since =
        filter.since().map(time -> finest(time, second).floor(time.getEpochSecond()));
    Optional<Long> until = filter.until().map(time -> finest(time, second).ceiling(ceiling(time)));
    List<BucketRange> ranges = new ArrayList<>();
    fill(ranges, since.orElse(0L), until.orElse(Long.MAX_VALUE / 2), Bucket.DAY);
    return new Cover(since, until, ranges);
  }

  private static long ceiling(Instant time) {
    return time.getEpochSecond() + (time.getNano() > 0 ? 1 : 0);
  }

  private static Bucket finest(Instant time, long now) {
    for (Bucket bucket : Bucket.values()) {
      if (bucket.readable() == Long.MAX_VALUE || time.getEpochSecond() >= now - bucket.readable()) {
        return bucket;
      }
    }
    return Bucket.DAY;
  }

  private static void fill(List<BucketRange> ranges, long start, long end, Bucket bucket) {
    if (start >= end) {
      return;
    }
    long first = bucket.ceiling(start);
    long last = bucket.floor(end);
    Optional<Bucket> finer = finer(bucket);
    if (first >= last) {
      finer.ifPresent(shorter -> fill(ranges, start, end, shorter));
      return;
    }
    ranges.add(new BucketRange(bucket, first, last));
    finer.ifPresent(shorter -> {
      fill(ranges, start, first, shorter);
      fill(ranges, last, end, shorter);
    });
  }

  private static Optional<Bucket> finer(Bucket bucket) {
    return switch (bucket) {
      case DAY -> Optional.of(Bucket.HOUR);
      case HOUR -> Optional.of(Bucket.MINUTE);
      case MINUTE -> Optional.empty();
    };
  }
}
