package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Delta;
import dev.assay.core.model.Sink;
import dev.assay.core.model.StreamHead;
import dev.assay.core.outcome.Answer;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.Exchange;
import dev.assay.core.outcome.Failure;
import dev.assay.core.outcome.StreamEvent;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Streaming;
import dev.assay.core.store.Recorded;
import dev.assay.web.http.EventChannel;
import dev.assay.web.http.HttpExchange;
import dev.assay.wire.format.AnswerWriter;
import dev.assay.wire.format.DoorFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes one call's answer as a stream of one door. Content leaves as it comes; everything from the
 * finish reason on leaves when the record is safe, and a stream that broke ends so that no client
 * takes it for whole.
 *
 * <p>Used by one thread.
 */
final class StreamedAnswer implements Sink {
  private final HttpExchange exchange;
  private final ChatRequest request;
  private final CallContext context;
  private final Answers answers;
  private final EventChannel channel;
  private final DoorFormat format;
  private final AnswerWriter writer;
  private Optional<StreamHead> head = Optional.empty();

  StreamedAnswer(
      HttpExchange exchange,
      ChatRequest request,
      CallContext context,
      DoorFormat format,
      AnswerWriter writer,
      Answers answers) {
    this.exchange = exchange;
    this.request = request;
    this.context = context;
    this.answers = answers;
    this.channel = exchange.events(context.cancellation());
    this.format = format;
    this.writer = writer;
  }

  @Override
  public void begin(StreamHead known) {
    head = Optional.of(known);
  }

  @Override
  public void accept(Delta delta) {
    Optional<Delta.Raw> raw = delta.raw();
    if (raw.isPresent() && raw.get().format() == format.format()) {
      write(raw.get().event());
    } else {
      for (Delta.Content content : delta.content()) {
        write(writer.content(content));
      }
    }
  }

  private void write(Bytes events) {
    if (events.isEmpty()) {
      return;
    }
    if (!channel.started()) {
      Headers.call(context.callId(), exchange);
      head.ifPresent(known -> Headers.source(known, format.format(), exchange));
    }
    exchange.hold(events.length());
    channel.write(events);
  }

  /**
   * Ends the answer.
   *
   * @return what the client got of it, if that is less than the record can know
   */
  Delivered finish(Recorded recorded) {
    boolean begun = channel.started();
    boolean safe = recorded.receipt().await().safe();
    if (!safe) {
      withhold(begun);
      return Delivered.YES;
    }
    return switch (recorded.outcome()) {
      case Answer answer when end(answer) -> Delivered.YES;
      case Answer answer -> begun ? Delivered.PARTIAL : Delivered.NO;
      case Failure failure when begun -> breakOff(answers.body(failure));
      case Failure failure ->
          answers.failure(failure, context, exchange) ? Delivered.YES : Delivered.NO;
    };
  }

  private void withhold(boolean begun) {
    if (begun) {
      answers.countWithheld();
      breakOff(answers.body(Answers.withheld()));
    } else {
      answers.withheld(exchange);
    }
  }

  private boolean end(Answer answer) {
    Optional<Exchange> streamed = answer.details().exchange().filter(Exchange::streamed);
    Bytes end =
        streamed.isPresent() && streamed.get().format() == format.format()
            ? sameEnd(streamed.get().held())
            : writtenEnd(answer, streamed.map(Exchange::held).orElse(List.of()));
    if (!channel.started()) {
      Headers.call(context.callId(), exchange);
      Headers.details(answer.details(), List.of(), format.format(), exchange);
    }
    return channel.finish(end);
  }

  private Bytes sameEnd(List<StreamEvent> held) {
    List<Bytes> events = new ArrayList<>();
    held.stream().filter(this::wanted).map(StreamEvent::raw).forEach(events::add);
    // Some servers just end behind the finish reason; clients wait for the mark.
    if (held.stream().noneMatch(event -> event.kind() == StreamEvent.Kind.DONE)) {
      events.add(format.endMark());
    }
    return Bytes.joined(events.toArray(Bytes[]::new));
  }

  private Bytes writtenEnd(Answer answer, List<StreamEvent> held) {
    List<Bytes> events = new ArrayList<>();
    held.forEach(event -> event.content().forEach(content -> events.add(writer.content(content))));
    events.add(writer.ending(answer));
    return Bytes.joined(events.toArray(Bytes[]::new));
  }

  private boolean wanted(StreamEvent event) {
    return event.kind() != StreamEvent.Kind.USAGE || usageWanted();
  }

  private boolean usageWanted() {
    return request.streaming() == Streaming.EVENTS_WITH_USAGE;
  }

  // The record says of a stream that failed that it was delivered in part.
  private Delivered breakOff(Bytes error) {
    channel.breakOff(format.errorEvent(onOneLine(error)));
    return Delivered.YES;
  }

  // In JSON, line breaks stand between values only, so spaces are the same there.
  private static Bytes onOneLine(Bytes json) {
    byte[] line = new byte[json.length()];
    for (int i = 0; i < line.length; i++) {
      byte at = json.at(i);
      line[i] = at == '\n' || at == '\r' ? (byte) ' ' : at;
    }
    return Bytes.wrap(line);
  }
}
