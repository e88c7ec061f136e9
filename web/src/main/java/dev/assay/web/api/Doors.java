package dev.assay.web.api;

import dev.assay.core.outcome.ErrorCode;
import dev.assay.web.http.Door;
import dev.assay.web.http.HttpExchange;
import dev.assay.web.http.LoopbackGate;
import io.helidon.http.HeaderNames;
import java.util.Map;
import java.util.Optional;

/** Lets requests in from this host only, and leads each to its door by path and method. */
public final class Doors implements Door {
  private final LoopbackGate gate;
  private final DoorCounters counters;
  private final Map<String, Door> posted;
  private final ModelsDoor models;
  private final CallsDoor calls;
  private final ResponsesDoor responses;
  private final StatsDoor stats;
  private final HealthDoor health;

  /**
   * All doors.
   *
   * @param posted the doors that take only {@code POST}, by path
   */
  public Doors(
      LoopbackGate gate,
      DoorCounters counters,
      Map<String, Door> posted,
      ModelsDoor models,
      CallsDoor calls,
      ResponsesDoor responses,
      StatsDoor stats,
      HealthDoor health) {
    this.gate = gate;
    this.counters = counters;
    this.posted = Map.copyOf(posted);
    this.models = models;
    this.calls = calls;
    this.responses = responses;
    this.stats = stats;
    this.health = health;
  }

  @Override
  public void handle(HttpExchange exchange) {
    if (!exchange.head().oneHost()) {
      counters.count(Unrecorded.MALFORMED);
      exchange.closeAfterwards();
      Errors.send(
          ErrorCode.INVALID_REQUEST,
          "A request must have the Host header, and once.",
          Optional.of("host"),
          exchange);
      return;
    }
    Optional<String> refusal = gate.refusal(exchange.head());
    if (refusal.isPresent()) {
      counters.count(Unrecorded.CROSS_SITE);
      exchange.closeAfterwards();
      Errors.send(ErrorCode.FORBIDDEN, refusal.get(), Optional.empty(), exchange);
      return;
    }
    lead(exchange);
  }

  private void lead(HttpExchange exchange) {
    String path = exchange.path();
    Door call = posted.get(path);
    if (call == null) {
      read(path, exchange);
    } else if (exchange.method().equals("POST")) {
      call.handle(exchange);
    } else {
      notAllowed("POST", exchange);
    }
  }

  private void read(String path, HttpExchange exchange) {
    switch (path) {
      case ModelsDoor.LIST -> read(models, exchange);
      case CallsDoor.LIST -> read(calls, exchange);
      case "/api/stats" -> read(stats, exchange);
      case HealthDoor.LIVE, HealthDoor.READY -> read(health, exchange);
      default -> {
        if (path.startsWith(ModelsDoor.ONE)) {
          read(models, exchange);
        } else if (path.startsWith(CallsDoor.ONE)) {
          read(calls, exchange);
        } else if (path.startsWith(ResponsesDoor.ONE)) {
          read(responses, exchange);
        } else {
          counters.count(Unrecorded.NOT_FOUND);
          Errors.send(
              ErrorCode.NOT_FOUND,
              "There is nothing at this path; base URLs of OpenAI clients end with /v1, without a"
                  + " slash behind it.",
              Optional.empty(),
              exchange);
        }
      }
    }
  }

  private void read(Door door, HttpExchange exchange) {
    switch (exchange.method()) {
      case "GET", "HEAD" -> door.handle(exchange);
      default -> notAllowed("GET, HEAD", exchange);
    }
  }

  private void notAllowed(String allowed, HttpExchange exchange) {
    counters.count(Unrecorded.METHOD_NOT_ALLOWED);
    exchange.header(HeaderNames.ALLOW, allowed);
    Errors.methodNotAllowed(allowed, exchange);
  }
}
