package dev.assay.core.model;

import java.util.List;
import java.util.Optional;

/**
 * Whether a provider can be used, and what it offers.
 *
 * @param name the provider
 * @param source where its configuration was found, such as {@code OPENAI_API_KEY}
 * @param unusable why it cannot be used and what to do about it; empty when it can
 * @param models what it offers, as far as it says
 */
public record ProviderStatus(
    String name, String source, Optional<String> unusable, List<ModelCard> models) {
  /** Copies the models. */
  public ProviderStatus {
    models = List.copyOf(models);
  }

  /** Whether it can be used. */
  public boolean usable() {
    return unusable.isEmpty();
  }
}
