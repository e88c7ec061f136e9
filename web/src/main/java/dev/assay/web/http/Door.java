package dev.assay.web.http;

/** Answers requests. Thread-safe; blocks the connection's virtual thread. */
@FunctionalInterface
public interface Door {
  /** Answers a request; must send something. */
  void handle(HttpExchange exchange);
}
