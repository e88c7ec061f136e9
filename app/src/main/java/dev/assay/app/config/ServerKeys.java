package dev.assay.app.config;

import dev.assay.gateway.GatewaySettings;
import dev.assay.web.WebSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The keys of {@code server}. */
final class ServerKeys {
  static final String PORT_VARIABLE = "ASSAY_PORT";

  static final Key<Integer> PORT =
      Key.of(
          "server.port",
          Kind.PORT,
          "8420",
          "Port on 127.0.0.1; 0 takes a free one. `--port` and `ASSAY_PORT` win.");

  static final Key<List<String>> ALLOWED_HOSTS =
      Key.of(
          "server.allowed-hosts",
          Kind.TEXTS,
          "Names, without a port, by which this host may be called beside `localhost`,"
              + " `127.0.0.1` and `[::1]`.");

  static final Key<Long> MAX_BODY =
      Key.of("server.max-body", Kind.SIZE, "20MiB", "The largest request body.");

  static final Key<Long> BODY_BUDGET =
      Key.of(
          "server.body-budget",
          Kind.SIZE,
          "64MiB",
          "The requests of all calls in flight and what their streams have brought so far, together;"
              + " beyond it calls are refused with 503.");

  static final Key<Long> MAX_HEADERS =
      Key.of(
          "server.max-headers",
          Kind.SIZE,
          "16KiB",
          "The request line and the headers of a request together.");

  static final Key<Duration> HEADERS_TIMEOUT =
      Key.of(
          "server.headers-timeout",
          Kind.DURATION,
          "10s",
          "Until the headers of a request are whole.");

  static final Key<Duration> BODY_TIMEOUT =
      Key.of("server.body-timeout", Kind.DURATION, "60s", "Until the body of a request is whole.");

  static final Key<Duration> IDLE_TIMEOUT =
      Key.of(
          "server.idle-timeout",
          Kind.DURATION,
          "2m",
          "How long a connection may wait for its next request.");

  static final Key<Duration> WRITE_TIMEOUT =
      Key.of(
          "server.write-timeout", Kind.DURATION, "60s", "How long a client may let a write wait.");

  static final Key<Duration> HEARTBEAT =
      Key.of(
          "server.heartbeat",
          Kind.DURATION,
          "15s",
          "How long a stream may be silent before a comment is sent to see whether the client is"
              + " still there.");

  static final Key<Duration> STOP_TIMEOUT =
      Key.of(
          "server.stop-timeout",
          Kind.DURATION,
          "30s",
          "How long running calls may go on when the program is asked to stop; then they are"
              + " cancelled.");

  static final List<Key<?>> ALL =
      List.of(
          PORT,
          ALLOWED_HOSTS,
          MAX_BODY,
          BODY_BUDGET,
          MAX_HEADERS,
          HEADERS_TIMEOUT,
          BODY_TIMEOUT,
          IDLE_TIMEOUT,
          WRITE_TIMEOUT,
          HEARTBEAT,
          STOP_TIMEOUT);

  private ServerKeys() {}

  /** Reads the settings of the server; the deadline and the attempts of calls are the gateway's. */
  static WebSettings read(
      Values values, Environment environment, OptionalInt wished, GatewaySettings gateway) {
    return new WebSettings(
        WebSettings.DEFAULT.host(),
        wished.isPresent() ? wished.getAsInt() : port(values, environment),
        Set.copyOf(values.find(ALLOWED_HOSTS).orElse(List.of())),
        new WebSettings.Sizes(
            bytes(values, MAX_BODY), values.get(BODY_BUDGET), bytes(values, MAX_HEADERS)),
        new WebSettings.Timeouts(
            values.get(HEADERS_TIMEOUT),
            values.get(BODY_TIMEOUT),
            values.get(IDLE_TIMEOUT),
            values.get(WRITE_TIMEOUT),
            values.get(HEARTBEAT),
            WebSettings.Timeouts.DEFAULT.watch(),
            gateway.deadline()),
        new WebSettings.Attempts(gateway.attempts(), gateway.attemptsPerModel()));
  }

  private static int port(Values values, Environment environment) {
    int configured = values.get(PORT);
    Optional<String> variable = environment.get(PORT_VARIABLE);
    if (variable.isEmpty()) {
      return configured;
    }
    Optional<Integer> port = Kind.PORT.reading().apply(List.of(variable.get()));
    if (port.isEmpty()) {
      values.problem("the environment variable " + PORT_VARIABLE + " must be " + Kind.PORT.form());
    }
    return port.orElse(configured);
  }

  private static int bytes(Values values, Key<Long> key) {
    long bytes = values.get(key);
    if (bytes > Integer.MAX_VALUE) {
      values.problem(key.written() + ": must be less than 2GiB");
      return Integer.MAX_VALUE;
    }
    return (int) bytes;
  }
}
