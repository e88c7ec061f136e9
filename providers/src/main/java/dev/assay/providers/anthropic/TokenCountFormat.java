package dev.assay.providers.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.FinishReason;
import dev.assay.core.request.Part;
import dev.assay.core.request.WireFormat;
import dev.assay.core.usage.Usage;
import dev.assay.wire.anthropic.MessagesErrorReader;
import dev.assay.wire.anthropic.TokenCounts;
import dev.assay.wire.format.AnswerRead;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.format.BodyFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How a response that tells the number of input tokens is read. Nothing was used for it. */
final class TokenCountFormat implements BodyFormat {
  static final TokenCountFormat FORMAT = new TokenCountFormat();

  private TokenCountFormat() {}

  @Override
  public WireFormat format() {
    return WireFormat.ANTHROPIC_MESSAGES;
  }

  @Override
  public AnswerRead answer(Bytes body) {
    OptionalLong tokens = TokenCounts.read(body);
    if (tokens.isEmpty()) {
      return new AnswerRead.Malformed("tells no number of input tokens");
    }
    return new AnswerRead.Completion(
        Optional.empty(),
        Optional.empty(),
        List.of(new Part.TokenCount(tokens.getAsLong())),
        FinishReason.STOP,
        Usage.NONE);
  }

  @Override
  public Optional<ApiError> error(Bytes body) {
    return MessagesErrorReader.read(body);
  }
}
