package dev.assay.web.api;

import dev.assay.core.outcome.ErrorCode;
import dev.assay.web.http.Door;
import dev.assay.web.http.HttpExchange;
import dev.assay.web.http.LoopbackGate;
import io.helidon.http.HeaderNames;
import java.util.Optional;

/** Lets requests in from this host only, and leads each to its door by path and method. */
public final class Doors implements Door {
  private static final int METHOD_NOT_ALLOWED = 405;

  private final LoopbackGate gate;
  private final DoorCounters counters;
  private final ChatDoor chat;
  private final ModelsDoor models;
  private final CallsDoor calls;
  private final StatsDoor stats;
  private final HealthDoor health;

  /** All doors. */
  public Doors(
      LoopbackGate gate,
      DoorCounters counters,
      ChatDoor chat,
      ModelsDoor models,
      CallsDoor calls,
      StatsDoor stats,
      HealthDoor health) {
    this.gate = gate;
    this.counters = counters;
    this.chat = chat;
    this.models = models;
    this.calls = calls;
    this.stats = stats;
    this.health = health;
  }

  @Override
  public void handle(HttpExchange exchange) {
    Optional<String> refusal = gate.refusal(exchange.head());
    if (refusal.isPresent()) {
      counters.countCrossSite();
      exchange.closeAfterwards();
      Errors.send(ErrorCode.FORBIDDEN, refusal.get(), Optional.empty(), exchange);
      return;
    }
    String path = exchange.path();
    switch (path) {
      case "/v1/chat/completions" -> only("POST", chat, exchange);
      case ModelsDoor.LIST -> only("GET", models, exchange);
      case CallsDoor.LIST -> only("GET", calls, exchange);
      case "/api/stats" -> only("GET", stats, exchange);
      case HealthDoor.LIVE, HealthDoor.READY -> only("GET", health, exchange);
      default -> {
        if (path.startsWith(ModelsDoor.ONE)) {
          only("GET", models, exchange);
        } else if (path.startsWith(CallsDoor.ONE)) {
          only("GET", calls, exchange);
        } else {
          Errors.send(
              ErrorCode.NOT_FOUND,
              "There is nothing at this path; base URLs of OpenAI clients end with /v1.",
              Optional.empty(),
              exchange);
        }
      }
    }
  }

  private static void only(String method, Door door, HttpExchange exchange) {
    if (exchange.method().equals(method)) {
      door.handle(exchange);
      return;
    }
    exchange.header(HeaderNames.ALLOW, method);
    exchange.send(
        METHOD_NOT_ALLOWED,
        Errors.body(ErrorCode.NOT_FOUND, "This path takes " + method + ".", Optional.empty()));
  }
}
