package dev.assay.wire.http;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How connections are kept and trusted.
 *
 * @param idleConnections how many unused connections are kept for each endpoint; 0 keeps none
 * @param keepIdle how long an unused connection is kept
 * @param trust decides which servers are trusted; absent is the JDK's trust store
 */
public record HttpSettings(int idleConnections, Duration keepIdle, Optional<SSLContext> trust) {
  /** The defaults. */
  public static final HttpSettings DEFAULT =
      new HttpSettings(512, Duration.ofSeconds(60), Optional.empty());

  /** Checks the ranges. */
  public HttpSettings {
    if (idleConnections < 0) {
      throw new IllegalArgumentException("idleConnections: is negative");
    }
    if (keepIdle.isNegative()) {
      throw new IllegalArgumentException("keepIdle: is negative");
    }
  }
}
