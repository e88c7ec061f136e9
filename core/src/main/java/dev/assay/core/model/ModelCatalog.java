package dev.assay.core.model;

import java.util.List;

/** What can be asked by name. Thread-safe. */
public interface ModelCatalog {
  /** Every configured provider, usable or not, with its models; may ask them over the network. */
  List<ProviderStatus> providers();

  /** The configured aliases. */
  List<ModelCard> aliases();
}
