package dev.assay.wire.responses;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.format.UpstreamFormat;
import dev.assay.wire.openai.ChatErrorReader;
import java.util.Optional;

/** How the responses of OpenAI's Responses API are read. */
public final class ResponsesUpstream implements UpstreamFormat {
  /** The format. */
  public static final ResponsesUpstream FORMAT = new ResponsesUpstream();

  private ResponsesUpstream() {}

  @Override
  public WireFormat format() {
    return WireFormat.OPENAI_RESPONSES;
  }

  @Override
  public AnswerRead answer(Bytes body) {
    return ResponsesAnswerReader.read(body);
  }

  @Override
  public EventReader events() {
    return new ResponsesEventReader();
  }

  @Override
  public Optional<ApiError> error(Bytes body) {
    return ChatErrorReader.read(body);
  }
}
