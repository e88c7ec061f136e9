package dev.assay.gateway.names;

/**
 * A model at a provider.
 *
 * @param provider the provider's name
 * @param model the model's name at the provider
 */
public record Target(String provider, String model) {
  /** The full name, {@code provider/name}. */
  @Override
  public String toString() {
    return provider + "/" + model;
  }
}
