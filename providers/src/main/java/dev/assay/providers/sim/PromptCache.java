package dev.assay.providers.sim;

import dev.assay.core.time.Clock;
import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prompt caches of the simulated models. A prefix is kept in steps of 128 tokens once it is
 * long enough; asking again within its time to live reads it and renews it. What was not there is
 * written, and counts as a write to a five-minute cache. Thread-safe.
 */
final class PromptCache {
  private static final int STEP = 128;
  private static final int MOST_ENTRIES = 65_536;

  private final Clock clock;
  private final Map<Prefix, Long> expiries = new LinkedHashMap<>(16, 0.75f, true);

  PromptCache(Clock clock) {
    this.clock = clock;
  }

  private record Prefix(String model, int tokens, long hash) {}

  /** The usage of a prompt and an answer; reads and writes the cache. */
  synchronized Usage use(SimModel model, List<String> prompt, int output) {
    List<Prefix> prefixes =
        model.cache().map(cache -> prefixes(model.name(), prompt, cache)).orElse(List.of());
    long now = clock.nanos();
    int read = 0;
    for (Prefix prefix : prefixes) {
      // Nanoseconds may run over: only their difference means anything.
      if (Optional.ofNullable(expiries.get(prefix)).filter(at -> at - now > 0).isPresent()) {
        read = prefix.tokens();
      }
    }
    Duration timeToLive = model.cache().map(SimModel.Cache::timeToLive).orElse(Duration.ZERO);
    prefixes.forEach(prefix -> expiries.put(prefix, now + timeToLive.toNanos()));
    trim();
    int kept = prefixes.isEmpty() ? 0 : prefixes.getLast().tokens();
    return new Usage(prompt.size() - kept, read, kept - read, 0, output, 0, Provenance.REPORTED);
  }

  private static List<Prefix> prefixes(String model, List<String> prompt, SimModel.Cache cache) {
    List<Prefix> prefixes = new ArrayList<>();
    long hash = 0;
    for (int tokens = 1; tokens <= prompt.size(); tokens++) {
      hash = hash * 1_000_003 + prompt.get(tokens - 1).hashCode();
      if (tokens >= cache.minimum() && tokens % STEP == 0) {
        prefixes.add(new Prefix(model, tokens, hash));
      }
    }
    return prefixes;
  }

  private void trim() {
    var oldest = expiries.keySet().iterator();
    while (expiries.size() > MOST_ENTRIES) {
      oldest.next();
      oldest.remove();
    }
  }
}
