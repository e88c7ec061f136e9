package dev.assay.providers.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.Outcome;
import dev.assay.core.outcome.RetryDecision;
import dev.assay.core.request.Part;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Tasks;
import dev.assay.core.usage.Usage;
import dev.assay.wire.http.BodyRead;
import dev.assay.wire.http.HttpFailure;
import dev.assay.wire.http.HttpResponse;
import dev.assay.wire.http.HttpResult;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.openai.ChatAnswerReader;
import dev.assay.wire.openai.ChatErrorReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is made of the response to one attempt. For one thread. */
final class ChatAttempt {
  private static final int LARGEST_ERROR = 1024 * 1024;
  private static final int SUCCESS = 200;
  private static final int NO_SUCCESS = 300;

  private final AttemptReport report;
  private final int largestAnswer;
  private final boolean streamWanted;
  private final CallContext context;
  private final Sink sink;
  private final Tasks tasks;

  ChatAttempt(
      AttemptReport report,
      int largestAnswer,
      boolean streamWanted,
      CallContext context,
      Sink sink,
      Tasks tasks) {
    this.report = report;
    this.largestAnswer = largestAnswer;
    this.streamWanted = streamWanted;
    this.context = context;
    this.sink = sink;
    this.tasks = tasks;
  }

  Outcome outcome(HttpResult result) {
    return switch (result) {
      case HttpFailure failure -> report.broken(failure, List.of(), Optional.empty());
      case HttpResponse response when !succeeded(response) -> error(response);
      case HttpResponse response when isEventStream(response) -> events(response);
      case HttpResponse response -> whole(response);
    };
  }

  private static boolean succeeded(HttpResponse response) {
    return response.status() >= SUCCESS && response.status() < NO_SUCCESS;
  }

  // Some servers forget to say that they stream; none streams JSON or a page.
  private boolean isEventStream(HttpResponse response) {
    String type = response.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("text/event-stream")
        || (streamWanted && !type.contains("json") && !type.startsWith("text/html"));
  }

  private Outcome events(HttpResponse response) {
    return new ChatStream(response, streamWanted, report, largestAnswer, context, sink, tasks)
        .outcome();
  }

  private Outcome error(HttpResponse response) {
    Bytes body =
        switch (response.readAll(LARGEST_ERROR)) {
          case BodyRead.Whole(var all) -> all;
          case BodyRead.Broken(var failure, var received) -> received;
        };
    Reception reception = whole(response, body);
    return report.told(
        ChatErrorReader.read(reception.body()),
        reception.body(),
        response.headers(),
        List.of(),
        Usage.NONE,
        reception);
  }

  /** What was received in one piece, cleaned before anything is made of it. */
  private Reception whole(HttpResponse response, Bytes body) {
    Secrets secrets = report.secrets();
    return Reception.whole(Head.of(response, secrets), secrets.scrub(body));
  }

  private Outcome whole(HttpResponse response) {
    return switch (response.readAll(largestAnswer)) {
      case BodyRead.Whole(var body) -> read(response, whole(response, body));
      case BodyRead.Broken(var failure, var received) ->
          report.broken(failure, List.of(), Optional.of(whole(response, received)));
    };
  }

  private Outcome read(HttpResponse response, Reception reception) {
    return switch (ChatAnswerReader.read(reception.body())) {
      case AnswerRead.Completion said -> {
        pass(said.parts(), reception.head());
        yield report.answer(
            new AttemptReport.Said(said.parts(), said.finish(), said.usage(), said.model()),
            reception,
            List.of());
      }
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

  /** Passes a whole answer to a client that wanted a stream. */
  private void pass(List<Part> parts, Head head) {
    if (!streamWanted || context.cancellation().cancelled()) {
      return;
    }
    int calls = 0;
    for (Part part : parts) {
      Optional<Delta.Content> content = content(part, calls);
      if (content.isPresent()) {
        calls += part instanceof Part.ToolCall ? 1 : 0;
        if (report.contentBegan()) {
          sink.begin(head.ofStream());
        }
        sink.accept(new Delta(content.get(), Optional.empty()));
      }
    }
  }

  private static Optional<Delta.Content> content(Part part, int call) {
    return switch (part) {
      case Part.Text(var text) -> Optional.of(new Delta.Content.Text(text));
      case Part.Reasoning reasoning -> Optional.of(new Delta.Content.Reasoning(reasoning.text()));
      case Part.Refusal(var text) -> Optional.of(new Delta.Content.Refusal(text));
      case Part.ToolCall(var id, var name, var arguments) ->
          Optional.of(
              new Delta.Content.ToolCall(call, Optional.of(id), Optional.of(name), arguments));
      case Part.ImageUrl _, Part.ImageData _, Part.ToolResult _, Part.Opaque _ -> Optional.empty();
    };
  }
}
