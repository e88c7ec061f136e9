package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Failure;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.AnswerWriter;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.DoorFormat;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.sse.SseWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How a door speaks Messages. */
public final class MessagesDoorFormat implements DoorFormat {
  /** The format. */
  public static final MessagesDoorFormat FORMAT = new MessagesDoorFormat();

  private static final int STATUS_OVERLOADED = 529;

  private MessagesDoorFormat() {}

  @Override
  public WireFormat format() {
    return WireFormat.ANTHROPIC_MESSAGES;
  }

  @Override
  public RequestRead read(Bytes body, Map<String, String> headers, Optional<String> query) {
    return MessagesRequestReader.read(body, headers, query);
  }

  @Override
  public AnswerWriter answers(UUID callId, ChatRequest request, Instant created) {
    return new MessagesAnswerWriter(callId, request.model());
  }

  @Override
  public Bytes error(Failure failure) {
    return ErrorWriter.write(failure);
  }

  // Anthropic's API has a status of its own for this type, and its clients know it.
  @Override
  public int status(Failure failure) {
    boolean overloaded =
        own(failure)
            .map(error ->
                MessagesErrorReader.read(error.body())
                    .flatMap(ApiError::type)
                    .filter(ErrorWriter.OVERLOADED::equals)
                    .isPresent())
            .orElseGet(() -> ErrorWriter.type(failure.code()).equals(ErrorWriter.OVERLOADED));
    return overloaded ? STATUS_OVERLOADED : DoorFormat.super.status(failure);
  }

  @Override
  public Bytes endMark() {
    return MessagesAnswerWriter.STOP;
  }

  @Override
  public Bytes errorEvent(Bytes error) {
    return SseWriter.event("error", error);
  }
}
