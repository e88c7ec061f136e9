package dev.assay.cli;

import dev.assay.core.outcome.CallKind;
import dev.assay.core.outcome.CallStatus;
import dev.assay.core.store.CallFilter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say which calls. */
final class FilterOptions {
  @Option(names = "--provider", paramLabel = "NAME", description = "Only this provider.")
  private Optional<String> provider = Optional.empty();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "Only this model, with or without its provider.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      completionCandidates = Statuses.class,
      description = "Only one of ${COMPLETION-CANDIDATES}.")
  private Optional<CallStatus> status = Optional.empty();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      completionCandidates = Kinds.class,
      description = "Only one of ${COMPLETION-CANDIDATES}.")
  private Optional<CallKind> kind = Optional.empty();

  @Option(names = "--principal", paramLabel = "NAME", description = "Only whom this one made.")
  private Optional<String> principal = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "MOMENT",
      description = "Only from then on: " + Moment.FORM + ".")
  private Optional<String> since = Optional.empty();

  @Option(names = "--until", paramLabel = "MOMENT", description = "Only before then.")
  private Optional<String> until = Optional.empty();

  /**
   * The filter.
   *
   * @throws ParameterException when a moment is none
   */
  CallFilter filter(CommandLine line, Instant now) {
    return new CallFilter(
        provider,
        model,
        status,
        kind,
        principal,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        moment(line, "--since", since, now),
        moment(line, "--until", until, now));
  }

  /** The statuses as the ledger and every answer spell them. */
  static final class Statuses implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(CallStatus.values()).map(CallStatus::text).iterator();
    }
  }

  /** The kinds as the ledger and every answer spell them. */
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(CallKind.values()).map(CallKind::text).iterator();
    }
  }

  private static Optional<Instant> moment(
      CommandLine line, String option, Optional<String> text, Instant now) {
    return text.map(given ->
        Moment.parse(given, now)
            .orElseThrow(() ->
                new ParameterException(
                    line, option + ": '" + given + "' is none of " + Moment.FORM)));
  }
}
