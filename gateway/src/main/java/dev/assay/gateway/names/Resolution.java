package dev.assay.gateway.names;

import dev.assay.core.model.ProviderStatus;
import java.util.List;
import java.util.Optional;

/** What a model name stands for. */
public sealed interface Resolution {
  /** A model of a provider that can be used. */
  record Found(Target target) implements Resolution {}

  /** Nothing that can be asked. */
  sealed interface Unresolved extends Resolution {}

  /**
   * A model of several providers.
   *
   * @param candidates their full names
   */
  record Ambiguous(List<String> candidates) implements Unresolved {
    /** Copies the candidates. */
    public Ambiguous {
      candidates = List.copyOf(candidates);
    }
  }

  /** A model of a provider that cannot be used. */
  record Unusable(ProviderStatus provider) implements Unresolved {}

  /**
   * No model of the provider that is named, which has no others than it says.
   *
   * @param wanted what the name stands for
   * @param models the full names of all models of the provider
   */
  record NotOffered(Target wanted, List<String> models) implements Unresolved {
    /** Copies the models. */
    public NotOffered {
      models = List.copyOf(models);
    }
  }

  /**
   * A name with a slash that begins with no provider, and that no provider is known to have.
   *
   * @param name the name, or what it stands for as an alias
   * @param nearest names that are written alike
   * @param providers the names of the providers that can be used
   * @param spelled how to write it when a provider has it nevertheless; absent when none can
   */
  record Prefixed(
      String name, List<String> nearest, List<String> providers, Optional<String> spelled)
      implements Unresolved {
    /** Copies the names. */
    public Prefixed {
      nearest = List.copyOf(nearest);
      providers = List.copyOf(providers);
    }
  }

  /**
   * Nothing that is known.
   *
   * @param nearest names that are written alike
   */
  record Unknown(List<String> nearest) implements Unresolved {
    /** Copies the names. */
    public Unknown {
      nearest = List.copyOf(nearest);
    }
  }
}
