package dev.assay.web;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the server listens and what it takes.
 *
 * @param host the address to listen on; only a loopback one
 * @param port the port; 0 takes any that is free
 * @param hostNames names by which this host may be called beside the loopback ones, without a port
 * @param sizes what is taken at most
 * @param timeouts how long is waited at most
 * @param attempts what a call may do at most
 */
public record WebSettings(
    String host,
    int port,
    Set<String> hostNames,
    Sizes sizes,
    Timeouts timeouts,
    Attempts attempts) {
  /** The port unless told. */
  public static final int DEFAULT_PORT = 8420;

  /** What holds unless told. */
  public static final WebSettings DEFAULT =
      new WebSettings(
          "127.0.0.1", DEFAULT_PORT, Set.of(), Sizes.DEFAULT, Timeouts.DEFAULT, Attempts.DEFAULT);

  private static final int GREATEST_PORT = 65_535;

  /** Checks the port and puts the names into lower case. */
  public WebSettings {
    if (port < 0 || port > GREATEST_PORT) {
      throw new IllegalArgumentException("port: must be 0 to " + GREATEST_PORT);
    }
    hostNames =
        hostNames.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The same on another port. */
  public WebSettings withPort(int port) {
    return new WebSettings(host, port, hostNames, sizes, timeouts, attempts);
  }

  /**
   * Sizes in bytes.
   *
   * @param body the largest body
   * @param bodies all bodies of calls in flight together
   * @param head the request line and the headers together
   */
  public record Sizes(int body, long bodies, int head) {
    /** What holds unless told: 20 MiB, 64 MiB, 16 KiB. */
    public static final Sizes DEFAULT = new Sizes(20 << 20, 64L << 20, 16 << 10);

    /** Checks that the sizes fit each other. */
    public Sizes {
      if (body < 1 || head < 1) {
        throw new IllegalArgumentException("sizes: must be positive");
      }
      if (bodies < body) {
        throw new IllegalArgumentException("bodies: must be at least one body of the largest size");
      }
    }
  }

  /**
   * Timeouts; each counts from the beginning of what it limits.
   *
   * @param head until the headers are whole
   * @param body until the body is whole
   * @param idle how long a connection may wait for its next request
   * @param write how long a client may let one write wait
   * @param heartbeat how long a stream may be silent before a comment is sent to see whether the
   *     client is still there
   * @param watch how long a call may run before the connection is watched for the client's leaving
   * @param call until the call is over
   */
  public record Timeouts(
      Duration head,
      Duration body,
      Duration idle,
      Duration write,
      Duration heartbeat,
      Duration watch,
      Duration call) {
    /** What holds unless told. */
    public static final Timeouts DEFAULT =
        new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(2),
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            Duration.ofMinutes(15));

    /** Checks that all are positive. */
    public Timeouts {
      for (Duration timeout : new Duration[] {head, body, idle, write, heartbeat, watch, call}) {
        if (!timeout.isPositive()) {
          throw new IllegalArgumentException("timeouts: must be positive");
        }
      }
    }
  }

  /**
   * The attempts of a call, retries and fallbacks together.
   *
   * @param total how many in all
   * @param perModel how many on one model
   */
  public record Attempts(int total, int perModel) {
    /** What holds unless told. */
    public static final Attempts DEFAULT = new Attempts(6, 4);

    /** Checks that both are positive. */
    public Attempts {
      if (total < 1 || perModel < 1) {
        throw new IllegalArgumentException("attempts: must be positive");
      }
    }
  }
}
