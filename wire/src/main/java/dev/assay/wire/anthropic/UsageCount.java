package dev.assay.wire.anthropic;

import dev.assay.core.usage.Provenance;
import dev.assay.core.usage.Usage;
import dev.assay.wire.format.TokenField;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads {@code usage} objects into disjoint classes; of several the later counts win, because those
 * of a stream are cumulative and each event says only some of them. Lenient. For one thread.
 *
 * <p>In Anthropic's count the input excludes what the cache took or gave, and the output includes
 * the thinking. Cache writes are split by their time to live in {@code cache_creation}; where only
 * their sum is said, what is not known to live an hour lives five minutes.
 */
final class UsageCount {
  private long input = TokenField.ABSENT;
  private long output = TokenField.ABSENT;
  private long cacheRead;
  private long cacheWrite5m;
  private long cacheWrite1h;
  private long thinking;
  private boolean outputKnown;

  // Of the object that is being read.
  private long written;
  private long written5m;
  private long written1h;

  /**
   * Reads the value that the parser stands on.
   *
   * @param last whether the output in it is the whole output; the first event of a stream tells
   *     only what there was by then
   */
  void read(JsonParser parser, boolean last) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    written = TokenField.ABSENT;
    written5m = TokenField.ABSENT;
    written1h = TokenField.ABSENT;
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "input_tokens" -> input = count(parser, input);
        case "output_tokens" -> readOutput(parser, last);
        case "cache_read_input_tokens" -> cacheRead = count(parser, cacheRead);
        case "cache_creation_input_tokens" -> written = TokenField.read(parser);
        case "cache_creation", "output_tokens_details" -> readDetails(parser);
        default -> parser.skipChildren();
      }
    }
    takeWritten();
  }

  private void readOutput(JsonParser parser, boolean last) {
    long told = TokenField.read(parser);
    if (told != TokenField.ABSENT) {
      output = told;
      outputKnown |= last;
    }
  }

  private void readDetails(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "ephemeral_5m_input_tokens" -> written5m = TokenField.read(parser);
        case "ephemeral_1h_input_tokens" -> written1h = TokenField.read(parser);
        case "thinking_tokens" -> thinking = count(parser, thinking);
        default -> parser.skipChildren();
      }
    }
  }

  private void takeWritten() {
    if (written5m != TokenField.ABSENT || written1h != TokenField.ABSENT) {
      cacheWrite5m = Math.max(written5m, 0);
      cacheWrite1h = Math.max(written1h, 0);
    } else if (written != TokenField.ABSENT) {
      cacheWrite1h = Math.min(cacheWrite1h, written);
      cacheWrite5m = written - cacheWrite1h;
    }
  }

  private static long count(JsonParser parser, long otherwise) {
    long told = TokenField.read(parser);
    return told == TokenField.ABSENT ? otherwise : told;
  }

  /**
   * What was used; {@link Usage#ABSENT} while the input or the output is not said, and estimated
   * while the output is only what there was when the stream began.
   */
  Usage usage() {
    if (input < 0 || output < 0) {
      return Usage.ABSENT;
    }
    return new Usage(
        input,
        cacheRead,
        cacheWrite5m,
        cacheWrite1h,
        output,
        thinking > output ? 0 : thinking,
        outputKnown ? Provenance.REPORTED : Provenance.ESTIMATED);
  }
}
