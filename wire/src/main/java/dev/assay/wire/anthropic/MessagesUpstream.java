package dev.assay.wire.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.EventReader;
import dev.assay.wire.format.UpstreamFormat;
import java.util.Optional;

/** How the responses of Messages are read. */
public final class MessagesUpstream implements UpstreamFormat {
  /** The format. */
  public static final MessagesUpstream FORMAT = new MessagesUpstream();

  private MessagesUpstream() {}

  @Override
  public WireFormat format() {
    return WireFormat.ANTHROPIC_MESSAGES;
  }

  @Override
  public AnswerRead answer(Bytes body) {
    return MessagesAnswerReader.read(body);
  }

  @Override
  public EventReader events() {
    return new MessagesEventReader();
  }

  @Override
  public Optional<ApiError> error(Bytes body) {
    return MessagesErrorReader.read(body);
  }
}
