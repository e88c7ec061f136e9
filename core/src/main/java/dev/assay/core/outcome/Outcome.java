package dev.assay.core.outcome;

/** What came of a call. A failure is a value that is recorded like an answer. Immutable. */
public sealed interface Outcome permits Answer, Failure {
  /** What both have in common. */
  Details details();

  /** The same outcome with other details. */
  Outcome withDetails(Details details);

  /** What became of the call upstream. */
  default CallStatus status() {
    return switch (this) {
      case Answer answer -> CallStatus.SUCCESS;
      case Failure failure when failure.details().kind() == CallKind.REFUSED -> CallStatus.REFUSED;
      case Failure failure when failure.code() == ErrorCode.CANCELLED -> CallStatus.CANCELLED;
      case Failure failure when failure.code() == ErrorCode.INTERRUPTED -> CallStatus.INTERRUPTED;
      case Failure failure -> CallStatus.FAILED;
    };
  }
}
