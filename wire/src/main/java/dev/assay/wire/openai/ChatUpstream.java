package dev.assay.wire.openai;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.format.UpstreamFormat;
import java.util.Optional;

/** How the responses of Chat Completions are read. */
public final class ChatUpstream implements UpstreamFormat {
  /** The format. */
  public static final ChatUpstream FORMAT = new ChatUpstream();

  private ChatUpstream() {}

  @Override
  public WireFormat format() {
    return WireFormat.OPENAI_CHAT;
  }

  @Override
  public AnswerRead answer(Bytes body) {
    return ChatAnswerReader.read(body);
  }

  @Override
  public EventReader events() {
    return new ChatEventReader();
  }

  @Override
  public Optional<ApiError> error(Bytes body) {
    return ChatErrorReader.read(body);
  }
}
