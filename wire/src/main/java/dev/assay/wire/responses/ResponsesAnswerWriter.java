package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.Delta;
import dev.assay.core.outcome.Answer;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Part;
import dev.assay.wire.format.AnswerWriter;
import dev.assay.wire.format.CallsInTurn;
import dev.assay.wire.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes one call's answer in the form of OpenAI's Responses: whole, or as the events of a stream.
 * For one thread.
 *
 * <p>Reasoning stands in the summary, and what its provider wants back in {@code
 * encrypted_content}, whether the client asked for it or not: without it the next request would
 * lose it.
 */
public final class ResponsesAnswerWriter implements AnswerWriter {
  private static final String COMPLETED = "completed";

  private final ResponseObject response;
  private final ItemIds ids;
  private final EventLog events = new EventLog();
  private final List<WrittenItem> items = new ArrayList<>();
  private final CallsInTurn turns = new CallsInTurn();
  private @Nullable WrittenItem open;
  private int openCall;
  private boolean opened;

  /**
   * A writer for a call.
   *
   * @param callId the call's identifier; the answer's is {@code resp_assay_} and its digits
   * @param request what was asked, in the names of the client
   * @param created when the answer was made, shown to the second
   */
  public ResponsesAnswerWriter(UUID callId, ChatRequest request, Instant created) {
    this.response = new ResponseObject(callId, request, created);
    this.ids = ItemIds.of(callId);
  }

  @Override
  public Bytes whole(Answer answer) {
    List<List<Part>> parts = OutputWriter.items(answer.parts());
    String last = ResponseObject.status(answer);
    return Json.write(json ->
        response.writeEnded(
            json,
            answer,
            output -> {
              for (int i = 0; i < parts.size(); i++) {
                String status = i == parts.size() - 1 ? last : COMPLETED;
                OutputWriter.write(output, ids, i, parts.get(i), status);
              }
            }));
  }

  @Override
  public Bytes content(Delta.Content content) {
    writeOpening();
    turns.next(content).forEach(this::write);
    return events.take();
  }

  private void write(Delta.Content content) {
    switch (content) {
      case Delta.Content.Text(String text) -> message().text(text);
      case Delta.Content.Refusal(String text) -> message().refusal(text);
      case Delta.Content.Logprobs logprobs -> message().logprobs(logprobs.tokens());
      case Delta.Content.Reasoning(String text) -> reasoning().text(text);
      case Delta.Content.Signed signed -> {
        reasoning().sign(signed.signature());
        close(COMPLETED);
      }
      case Delta.Content.ToolCall call -> call(call).arguments(call.arguments());
    }
  }

  @Override
  public Bytes ending(Answer answer) {
    writeOpening();
    turns.rest().forEach(this::write);
    String status = ResponseObject.status(answer);
    WrittenItem last = open;
    close(status);
    events.add(
        "response." + status,
        json -> {
          json.writeName("response");
          response.writeEnded(
              json,
              answer,
              output ->
                  items.forEach(item -> item.write(output, item == last ? status : COMPLETED)));
        });
    return events.take();
  }

  private void writeOpening() {
    if (opened) {
      return;
    }
    opened = true;
    for (String type : List.of("response.created", "response.in_progress")) {
      events.add(
          type,
          json -> {
            json.writeName("response");
            response.writeBegun(json);
          });
    }
  }

  private WrittenItem.Message message() {
    return open instanceof WrittenItem.Message message
        ? message
        : begin(new WrittenItem.Message(ids.message(items.size()), items.size(), events));
  }

  private WrittenItem.Reasoning reasoning() {
    return open instanceof WrittenItem.Reasoning reasoning
        ? reasoning
        : begin(new WrittenItem.Reasoning(ids.reasoning(items.size()), items.size(), events));
  }

  private WrittenItem.Call call(Delta.Content.ToolCall piece) {
    if (open instanceof WrittenItem.Call call && openCall == piece.index()) {
      return call;
    }
    openCall = piece.index();
    return begin(new WrittenItem.Call(ids.call(items.size()), items.size(), events, piece));
  }

  private <T extends WrittenItem> T begin(T item) {
    close(COMPLETED);
    open = item;
    items.add(item);
    item.begin();
    return item;
  }

  private void close(String status) {
    if (open != null) {
      open.end(status);
      open = null;
    }
  }
}
