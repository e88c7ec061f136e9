package dev.assay.testkit.contract;

import dev.assay.core.model.Provider;
import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.core.usage.Usage;
import dev.assay.wire.http.HttpClient;
import java.net.URI;
import java.util.List;

/**
 * How a wire format looks, for a server that speaks it in a test. Every text is ASCII, so that a
 * character is a byte.
 */
public interface Dialect {
  /** What every answer reports: ten tokens in, five out. */
  Usage USAGE = Usage.reported(10, 5);

  /**
   * The adapter under test, for an account whose key is {@link ProviderRig#KEY}, with the default
   * timeouts.
   *
   * @param upstream the server's address without a path
   */
  Provider adapter(URI upstream, HttpClient http, Secrets secrets, Clock clock, Tasks tasks);

  /** The body of an answer that says a text, with its usage. */
  String answer(String text);

  /** The same without any usage. */
  String answerWithoutUsage(String text);

  /**
   * A stream that says some texts: first {@link #openings} events without content, then one event
   * for each text, then {@link #closings} events without content, then {@link #endings} events, of
   * which the first carries the finish reason and one the usage. A stream of no texts has no
   * closings.
   *
   * @return the events, with their closing blank lines
   */
  List<String> stream(String... texts);

  /** The same without any usage. */
  List<String> streamWithoutUsage(String... texts);

  /** How many events of a stream come before its content. */
  default int openings() {
    return 1;
  }

  /** How many events of a stream come between its content and its finish reason. */
  default int closings() {
    return 0;
  }

  /** How many events of a stream carry the finish reason or come behind it. */
  int endings();

  /** The body of an error response. */
  String error(String message);

  /** An event that ends a stream with an error of the server. */
  String errorEvent(String message);

  /** JSON objects whose every field has a type that the format does not allow. */
  List<String> wrongTypes();
}
