package dev.assay.providers.anthropic;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.ModelCard;
import dev.assay.providers.attempt.ListRequest;
import dev.assay.providers.attempt.ModelListing.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks an account for the pages of its list of models, one after the other. For one thread. */
final class ModelPages {
  // A server that always has another page must not be asked for ever.
  private static final int MOST_PAGES = 10;

  private final String provider;
  private final AnthropicApi api;
  private final ListRequest list;
  private Optional<String> next = Optional.empty();

  ModelPages(String provider, AnthropicApi api, ListRequest list) {
    this.provider = provider;
    this.api = api;
    this.list = list;
  }

  /** All models of all pages, or why they are not known. */
  Listed ask() {
    List<ModelCard> found = new ArrayList<>();
    for (int page = 0; page < MOST_PAGES; page++) {
      switch (list.send(api.models(next), this::read)) {
        case Listed.Models(var models) -> found.addAll(models);
        case Listed.Unlisted unlisted -> {
          return unlisted;
        }
        case Listed.Unusable unusable -> {
          return unusable;
        }
      }
      if (next.isEmpty()) {
        break;
      }
    }
    return new Listed.Models(found);
  }

  private Optional<List<ModelCard>> read(Bytes body) {
    Optional<ModelPage> page = ModelPage.read(provider, body);
    next = page.flatMap(ModelPage::next);
    return page.map(ModelPage::models);
  }
}
