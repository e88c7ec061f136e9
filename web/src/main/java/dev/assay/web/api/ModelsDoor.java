package dev.assay.web.api;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.ModelCard;
import dev.assay.core.model.ModelCatalog;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.request.WireFormat;
import dev.assay.web.http.Door;
import dev.assay.web.http.HttpExchange;
import dev.assay.wire.openai.ModelListWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /v1/models} and {@code GET /v1/models/{id}}, as OpenAI's API has them, and for a
 * client that sends {@code anthropic-version} as Anthropic's has them.
 */
public final class ModelsDoor implements Door {
  static final String LIST = "/v1/models";
  static final String ONE = "/v1/models/";

  private static final int OK = 200;

  private final ModelCatalog catalog;

  /** The door. */
  public ModelsDoor(ModelCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public void handle(HttpExchange exchange) {
    List<ModelCard> cards = cards();
    boolean anthropic = Errors.speaksAnthropic(exchange);
    if (exchange.path().equals(LIST)) {
      exchange.send(OK, anthropic ? listForAnthropic(cards) : ModelListWriter.list(cards));
      return;
    }
    WireFormat own = anthropic ? WireFormat.ANTHROPIC_MESSAGES : WireFormat.OPENAI_CHAT;
    Optional<ModelCard> card =
        decoded(exchange.path().substring(ONE.length())).flatMap(name -> find(name, own, cards));
    if (card.isPresent()) {
      exchange.send(OK, anthropic ? oneForAnthropic(card.get()) : ModelListWriter.one(card.get()));
    } else {
      Errors.send(
          ErrorCode.MODEL_NOT_FOUND,
          "No model has this name; GET /v1/models lists them.",
          Optional.of("model"),
          exchange);
    }
  }

  private static Bytes listForAnthropic(List<ModelCard> cards) {
    return dev.assay.wire.anthropic.ModelListWriter.list(cards);
  }

  private static Bytes oneForAnthropic(ModelCard card) {
    return dev.assay.wire.anthropic.ModelListWriter.one(card);
  }

  private List<ModelCard> cards() {
    List<ModelCard> cards = new ArrayList<>(catalog.aliases());
    catalog.providers().forEach(provider -> cards.addAll(provider.models()));
    return cards;
  }

  // The slash in a full name may come plain or encoded; a plus is a plus in a path.
  private static Optional<String> decoded(String name) {
    try {
      return Optional.of(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  // A bare name means the door's own provider first, then the only one that has it.
  private static Optional<ModelCard> find(String name, WireFormat door, List<ModelCard> cards) {
    String own = door.provider() + "/" + name;
    return with(name, cards).or(() -> with(own, cards)).or(() -> only(name, cards));
  }

  private static Optional<ModelCard> with(String id, List<ModelCard> cards) {
    return cards.stream().filter(card -> card.id().equals(id)).findFirst();
  }

  private static Optional<ModelCard> only(String name, List<ModelCard> cards) {
    List<ModelCard> found =
        cards.stream().filter(card -> card.id().equals(card.owner() + "/" + name)).toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
