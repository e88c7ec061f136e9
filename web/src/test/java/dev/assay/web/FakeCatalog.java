package dev.assay.web;

import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ModelCatalog;
import dev.assay.core.model.ProviderStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A few models and aliases. */
final class FakeCatalog implements ModelCatalog {
  @Override
  public List<ProviderStatus> providers() {
    return List.of(
        new ProviderStatus(
            "openai",
            "OPENAI_API_KEY",
            Optional.empty(),
            List.of(
                new ModelCard(
                    "openai/gpt-4o-mini",
                    "openai",
                    Optional.of(Instant.ofEpochSecond(1_700_000_000)),
                    false,
                    Optional.empty()),
                card("openai/shared", "openai", false))),
        new ProviderStatus(
            "ollama",
            "port 11434",
            Optional.empty(),
            List.of(
                card("ollama/llama3:8b", "ollama", false), card("ollama/shared", "ollama", false))),
        new ProviderStatus("azure", "none", Optional.of("no key"), List.of()),
        new ProviderStatus(
            "sim", "built in", Optional.empty(), List.of(card("sim/small", "sim", true))));
  }

  @Override
  public List<ModelCard> aliases() {
    return List.of(
        new ModelCard("panel", "assay", Optional.empty(), true, Optional.of("sim/small")));
  }

  private static ModelCard card(String id, String owner, boolean simulated) {
    return new ModelCard(id, owner, Optional.empty(), simulated, Optional.empty());
  }
}
