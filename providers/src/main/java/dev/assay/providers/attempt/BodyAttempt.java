package dev.assay.providers.attempt;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.secret.Secrets;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.BodyFormat;
import dev.assay.wire.http.BodyRead;
import dev.assay.wire.http.HttpFailure;
import dev.assay.wire.http.HttpResponse;
import dev.assay.wire.http.HttpResult;
import java.util.List;
import java.util.Optional;

/** What is made of a response in one piece. For one thread. */
final class BodyAttempt {
  private static final int LARGEST_ERROR = 1024 * 1024;
  private static final int SUCCESS = 200;
  private static final int NO_SUCCESS = 300;

  private final BodyFormat format;
  private final AttemptReport report;
  private final int largestAnswer;

  BodyAttempt(BodyFormat format, AttemptReport report, int largestAnswer) {
    this.format = format;
    this.report = report;
    this.largestAnswer = largestAnswer;
  }

  static boolean succeeded(HttpResponse response) {
    return response.status() >= SUCCESS && response.status() < NO_SUCCESS;
  }

  Outcome outcome(HttpResult result) {
    return switch (result) {
      case HttpFailure failure -> report.broken(failure, List.of(), Usage.ABSENT, Optional.empty());
      case HttpResponse response when succeeded(response) -> whole(response);
      case HttpResponse response -> error(response);
    };
  }

  private Outcome error(HttpResponse response) {
    Bytes body =
        switch (response.readAll(LARGEST_ERROR)) {
          case BodyRead.Whole(var all) -> all;
          case BodyRead.Broken(var failure, var received) -> received;
        };
    Reception reception = received(response, body);
    return report.told(
        format.error(reception.body()),
        reception.body(),
        response.headers(),
        List.of(),
        Usage.NONE,
        reception);
  }

  /** What was received in one piece, cleaned before anything is made of it. */
  private Reception received(HttpResponse response, Bytes body) {
    Secrets secrets = report.secrets();
    return Reception.whole(format.format(), Head.of(response, secrets), secrets.scrub(body));
  }

  /** An answer, or what else came with a success. */
  Outcome whole(HttpResponse response) {
    return switch (response.readAll(largestAnswer)) {
      case BodyRead.Whole(var body) -> read(response, received(response, body));
      case BodyRead.Broken(var failure, var received) ->
          report.broken(
              failure, List.of(), Usage.ABSENT, Optional.of(received(response, received)));
    };
  }

  private Outcome read(HttpResponse response, Reception reception) {
    return switch (format.answer(reception.body())) {
      case AnswerRead.Completion said ->
          report.answer(
              new AttemptReport.Said(
                  said.parts(), said.finish(), said.usage(), said.model(), said.id()),
              reception,
              List.of());
      case AnswerRead.Failed(var error) ->
          report.told(
              Optional.of(error),
              reception.body(),
              response.headers(),
              List.of(),
              Usage.ABSENT,
              reception);
      case AnswerRead.Malformed(var problem) ->
          report.failure(
              new ErrorVerdict(ErrorCode.MALFORMED_RESPONSE, RetryDecision.never()),
              "The provider's answer " + problem + ".",
              List.of(),
              Usage.ABSENT,
              Optional.of(reception));
    };
  }
}
