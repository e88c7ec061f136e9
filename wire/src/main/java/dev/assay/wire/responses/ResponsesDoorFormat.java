package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.Failure;
import dev.assay.core.request.ChatRequest;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.AnswerWriter;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.DoorFormat;
import dev.assay.wire.format.RequestRead;
import dev.assay.wire.json.Json;
import dev.assay.wire.openai.ChatErrorReader;
import dev.assay.wire.openai.ErrorWriter;
import dev.assay.wire.sse.SseWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;

/** How a door speaks Responses. */
public final class ResponsesDoorFormat implements DoorFormat {
  /** The format. */
  public static final ResponsesDoorFormat FORMAT = new ResponsesDoorFormat();

  private ResponsesDoorFormat() {}

  @Override
  public WireFormat format() {
    return WireFormat.OPENAI_RESPONSES;
  }

  @Override
  public RequestRead read(Bytes body, Map<String, String> headers, Optional<String> query) {
    return ResponsesRequestReader.read(body, headers, query);
  }

  @Override
  public AnswerWriter answers(UUID callId, ChatRequest request, Instant created) {
    return new ResponsesAnswerWriter(callId, request, created);
  }

  @Override
  public Bytes error(Failure failure) {
    return ErrorWriter.write(failure);
  }

  /**
   * The event that breaks a stream off. Its number is 0: those before it may be another server's.
   */
  @Override
  public Bytes endMark() {
    return Bytes.EMPTY;
  }

  @Override
  public Bytes errorEvent(Bytes error) {
    Optional<ApiError> said = ChatErrorReader.read(error);
    return SseWriter.event(
        "error",
        Json.write(json -> {
          json.writeStartObject();
          json.writeStringProperty("type", "error");
          json.writeNumberProperty("sequence_number", 0);
          write(json, "code", said.flatMap(ApiError::code));
          json.writeStringProperty("message", said.flatMap(ApiError::message).orElse(""));
          write(json, "param", said.flatMap(ApiError::param));
          json.writeEndObject();
        }));
  }

  private static void write(JsonGenerator json, String name, Optional<String> text) {
    if (text.isPresent()) {
      json.writeStringProperty(name, text.get());
    } else {
      json.writeNullProperty(name);
    }
  }
}
