package dev.assay.app.config;

import dev.assay.providers.sim.FailureRates;
import dev.assay.providers.sim.Fault;
import dev.assay.providers.sim.SimRule;
import dev.assay.providers.sim.SimSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of {@code sim}, the simulated provider. */
final class SimKeys {
  static final Key<Long> SEED = Key.of("sim.seed", Kind.NUMBER, "0", "Decides every draw.");

  static final Key<Double> LATENCY_SCALE =
      Key.of(
          "sim.latency-scale",
          Kind.FACTOR,
          "1",
          "What every simulated time is multiplied by: 1 is realistic, 0 waits for nothing.");

  static final Key<Duration> PATIENCE =
      Key.of("sim.patience", Kind.DURATION, "5s", "How long a simulated timeout takes.");

  static final Map<Fault, Key<Double>> RATES = rates();

  static final Key<Pattern> WHEN =
      Key.of(
          "sim.rules[].when",
          Kind.one("a regular expression", SimKeys::pattern),
          "A regular expression that the last user message must contain. Required.");

  static final Key<String> ANSWER =
      Key.of(
          "sim.rules[].answer",
          Kind.TEXT,
          "The answer then; `$1` is the first group of the expression. Required.");

  static final List<Key<?>> ALL =
      Stream.<Stream<Key<?>>>of(
              Stream.of(SEED, LATENCY_SCALE, PATIENCE),
              Arrays.stream(Fault.values()).map(RATES::get),
              Stream.of(WHEN, ANSWER))
          .<Key<?>>flatMap(keys -> keys)
          .toList();

  private SimKeys() {}

  private static Map<Fault, Key<Double>> rates() {
    Map<Fault, Key<Double>> rates = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      double usual = FailureRates.DEFAULT.rates().getOrDefault(fault, 0.0);
      rates.put(
          fault,
          Key.of(
              "sim.rates." + fault.text().replace('_', '-'),
              Kind.RATE,
              String.valueOf(usual),
              "How often `sim/flaky` gives " + what(fault) + "."));
    }
    return rates;
  }

  private static String what(Fault fault) {
    return switch (fault) {
      case RATE_LIMITED -> "429 with `Retry-After`";
      case SERVER_ERROR -> "500";
      case OVERLOADED -> "503 or 529";
      case FIRST_BYTE_TIMEOUT -> "no answer at all";
      case IDLE_TIMEOUT -> "an answer that stops in the middle";
      case CONNECTION_LOST -> "a connection that breaks in the middle";
      case MALFORMED -> "broken JSON";
      case TRUNCATED -> "an answer cut by its length";
      case REFUSED -> "a refusal";
    };
  }

  private static Optional<Pattern> pattern(String text) {
    try {
      return Optional.of(Pattern.compile(text));
    } catch (PatternSyntaxException noPattern) {
      return Optional.empty();
    }
  }

  /** Reads the settings of the simulator. */
  static SimSettings read(Values values) {
    return new SimSettings(
        values.get(SEED),
        values.get(LATENCY_SCALE),
        values.get(PATIENCE),
        new FailureRates(
            RATES.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, rate -> values.get(rate.getValue())))),
        values.names("sim", "rules").stream()
            .flatMap(rule -> rule(values, rule).stream())
            .toList());
  }

  private static Optional<SimRule> rule(Values values, String rule) {
    Optional<Pattern> when = values.verbatim(WHEN, rule);
    Optional<String> answer = values.verbatim(ANSWER, rule);
    if (when.isEmpty() || answer.isEmpty()) {
      values.problem("sim.rules" + rule + ": must have when and answer");
      return Optional.empty();
    }
    return Optional.of(new SimRule(when.get(), answer.get()));
  }
}
