package dev.assay.core.request;

import dev.assay.core.bytes.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * How likely a token was.
 *
 * @param token its text
 * @param logprob the natural logarithm of its probability
 * @param bytes its UTF-8 bytes, when the provider tells them
 * @param top the likeliest tokens in its place, without their own alternatives
 */
public record TokenLogprob(
    String token, double logprob, Optional<Bytes> bytes, List<TokenLogprob> top) {
  /** Copies the alternatives. */
  public TokenLogprob {
    top = List.copyOf(top);
  }
}
