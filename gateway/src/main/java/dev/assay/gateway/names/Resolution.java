package dev.assay.gateway.names;

import dev.assay.core.model.ProviderStatus;
import java.util.List;

/** What a model name stands for. */
public sealed interface Resolution {
  /** A model of a provider that can be used. */
  record Found(Target target) implements Resolution {}

  /**
   * A model of several providers.
   *
   * @param candidates their full names
   */
  record Ambiguous(List<String> candidates) implements Resolution {
    /** Copies the candidates. */
    public Ambiguous {
      candidates = List.copyOf(candidates);
    }
  }

  /** A model of a provider that cannot be used. */
  record Unusable(ProviderStatus provider) implements Resolution {}

  /**
   * Nothing that is known.
   *
   * @param nearest names that are written alike
   */
  record Unknown(List<String> nearest) implements Resolution {
    /** Copies the names. */
    public Unknown {
      nearest = List.copyOf(nearest);
    }
  }
}
