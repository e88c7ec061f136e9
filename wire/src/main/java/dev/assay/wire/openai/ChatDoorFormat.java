package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Failure;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.Streaming;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.AnswerWriter;
import dev.assay.wire.format.DoorFormat;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.sse.SseWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How a door speaks Chat Completions. */
public final class ChatDoorFormat implements DoorFormat {
  /** The format. */
  public static final ChatDoorFormat FORMAT = new ChatDoorFormat();

  private ChatDoorFormat() {}

  @Override
  public WireFormat format() {
    return WireFormat.OPENAI_CHAT;
  }

  @Override
  public RequestRead read(Bytes body, Map<String, String> headers, Optional<String> query) {
    return ChatRequestReader.read(body, headers, query);
  }

  @Override
  public AnswerWriter answers(UUID callId, ChatRequest request, Instant created) {
    boolean usage = request.streaming() == Streaming.EVENTS_WITH_USAGE;
    return new ChatAnswerWriter(callId, request.model(), created, usage);
  }

  @Override
  public Bytes error(Failure failure) {
    return ErrorWriter.write(failure);
  }

  @Override
  public Bytes endMark() {
    return ChatEventWriter.DONE;
  }

  @Override
  public Bytes errorEvent(Bytes error) {
    return SseWriter.event(error);
  }
}
