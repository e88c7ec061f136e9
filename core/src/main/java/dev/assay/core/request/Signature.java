package dev.assay.core.request;

import java.util.Optional;

/**
 * What a provider attaches to a model's reasoning and wants back unchanged. Only the format that
 * made it understands it.
 *
 * @param format the wire format that it belongs to
 * @param kind what it is
 * @param value the text as it came
 * @param id the provider's identifier of the reasoning, where it has one
 */
public record Signature(WireFormat format, Kind kind, String value, Optional<String> id) {
  /** What a signature is. */
  public enum Kind {
    /** A proof that readable reasoning is the model's own. */
    SIGNATURE,
    /** The reasoning itself, which only the provider can read. */
    ENCRYPTED
  }
}
