package dev.assay.providers.attempt;

import dev.assay.core.model.CallContext;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.request.Part;
import dev.assay.core.time.Tasks;
import dev.assay.wire.format.UpstreamFormat;
import dev.assay.wire.http.HttpFailure;
import dev.assay.wire.http.HttpResponse;
import dev.assay.wire.http.HttpResult;
import java.util.List;
import java.util.Locale;

/** What is made of the response to one attempt at an answer. For one thread. */
final class ChatAttempt {
  private final UpstreamFormat format;
  private final AttemptReport report;
  private final int largestAnswer;
  private final boolean streamWanted;
  private final CallContext context;
  private final Sink sink;
  private final Tasks tasks;

  ChatAttempt(
      UpstreamFormat format,
      AttemptReport report,
      int largestAnswer,
      boolean streamWanted,
      CallContext context,
      Sink sink,
      Tasks tasks) {
    this.format = format;
    this.report = report;
    this.largestAnswer = largestAnswer;
    this.streamWanted = streamWanted;
    this.context = context;
    this.sink = sink;
    this.tasks = tasks;
  }

  Outcome outcome(HttpResult result) {
    return switch (result) {
      case HttpResponse response when BodyAttempt.succeeded(response) && isEventStream(response) ->
          events(response);
      case HttpResponse response when BodyAttempt.succeeded(response) -> whole(response);
      case HttpResponse _, HttpFailure _ ->
          new BodyAttempt(format, report, largestAnswer).outcome(result);
    };
  }

  // Some servers forget to say that they stream; none streams JSON or a page.
  private boolean isEventStream(HttpResponse response) {
    String type = response.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("text/event-stream")
        || (streamWanted && !type.contains("json") && !type.startsWith("text/html"));
  }

  private Outcome events(HttpResponse response) {
    return new AnswerStream(
            format, response, streamWanted, report, largestAnswer, context, sink, tasks)
        .outcome();
  }

  private Outcome whole(HttpResponse response) {
    Outcome outcome = new BodyAttempt(format, report, largestAnswer).whole(response);
    if (outcome instanceof Answer answer) {
      pass(answer.parts(), Head.of(response, report.secrets()));
    }
    return outcome;
  }

  /** Passes a whole answer to a client that wanted a stream. */
  private void pass(List<Part> parts, Head head) {
    if (!streamWanted || context.cancellation().cancelled()) {
      return;
    }
    List<Delta.Content> contents = Contents.of(parts);
    if (!contents.isEmpty()) {
      report.contentBegan();
      sink.begin(report.head(format.format(), head));
      contents.forEach(content -> sink.accept(new Delta(content)));
    }
  }
}
