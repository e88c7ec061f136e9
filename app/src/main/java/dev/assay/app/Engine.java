package dev.assay.app;

import dev.assay.app.config.Configuration;
import dev.assay.cli.SetupException;
import dev.assay.core.id.UuidV7;
import dev.assay.core.model.CallContext;
import dev.assay.core.model.Cancellation;
import dev.assay.core.model.ModelCatalog;
import dev.assay.core.model.Principal;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.EmbeddingCache;
import dev.assay.core.store.RecordedModel;
import dev.assay.core.store.Recorder;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.gateway.Gateway;
import dev.assay.ledger.SqliteLedger;
import dev.assay.ledger.file.UnusableLedgerException;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.http.HttpSettings;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that answers and records, put together: providers, gateway and ledger. Only the owner
 * of a home has one. Thread-safe.
 */
final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private final Configuration configuration;
  private final Secrets secrets;
  private final Clock clock;
  private final UuidV7 ids;
  private final HttpClient http;
  private final SqliteLedger ledger;
  private final Gateway gateway;

  private Engine(
      Configuration configuration,
      Secrets secrets,
      Clock clock,
      UuidV7 ids,
      HttpClient http,
      SqliteLedger ledger,
      Gateway gateway) {
    this.configuration = configuration;
    this.secrets = secrets;
    this.clock = clock;
    this.ids = ids;
    this.http = http;
    this.ledger = ledger;
    this.gateway = gateway;
  }

  /**
   * Puts it together.
   *
   * @param secrets what must not be stored or shown
   * @throws SetupException when the ledger cannot be opened or the settings contradict each other
   */
  static Engine open(Configuration configuration, Secrets secrets, Clock clock, Tasks tasks)
      throws SetupException {
    // Only identifiers and waits are drawn from it; they need to be unlike, not secret.
    Random random = new Random(new SecureRandom().nextLong());
    UuidV7 ids = new UuidV7(clock, random);
    SqliteLedger ledger = ledger(configuration, secrets, clock);
    HttpClient http = HttpClient.open(HttpSettings.DEFAULT, clock);
    try {
      Gateway gateway =
          gateway(configuration, secrets, http, ledger, ledger.embeddings(), clock, tasks, random);
      gateway.warnings().forEach(LOG::warn);
      return new Engine(configuration, secrets, clock, ids, http, ledger, gateway);
    } catch (SetupException contradiction) {
      http.close();
      ledger.close();
      throw contradiction;
    }
  }

  /**
   * The gateway alone.
   *
   * @param random must be thread-safe
   * @throws SetupException when the settings contradict each other
   */
  static Gateway gateway(
      Configuration configuration,
      Secrets secrets,
      HttpClient http,
      Recorder recorder,
      EmbeddingCache embeddings,
      Clock clock,
      Tasks tasks,
      Random random)
      throws SetupException {
    try {
      return Gateway.of(
          configuration.gateway(),
          ConfiguredProviders.of(configuration, http, secrets, clock, tasks),
          recorder,
          embeddings,
          clock,
          tasks,
          random);
    } catch (IllegalArgumentException contradiction) {
      throw new SetupException(String.valueOf(contradiction.getMessage()), contradiction);
    }
  }

  private static SqliteLedger ledger(Configuration configuration, Secrets secrets, Clock clock)
      throws SetupException {
    try {
      return SqliteLedger.open(configuration.ledger(), clock, secrets);
    } catch (UnusableLedgerException unusable) {
      throw new SetupException(String.valueOf(unusable.getMessage()), unusable);
    }
  }

  /** What is configured. */
  Configuration configuration() {
    return configuration;
  }

  /** What must not be stored or shown. */
  Secrets secrets() {
    return secrets;
  }

  /** Makes identifiers. */
  UuidV7 ids() {
    return ids;
  }

  /** Records and reads. */
  SqliteLedger ledger() {
    return ledger;
  }

  /** Answers and records. */
  RecordedModel model() {
    return gateway.model();
  }

  /** What can be asked. */
  ModelCatalog catalog() {
    return gateway.catalog();
  }

  /** The context of a new call. */
  CallContext context(
      Principal principal, Map<String, String> metadata, Cancellation cancellation) {
    return new CallContext(
        ids.next(),
        CallContext.Attachment.NONE,
        principal,
        clock.now().plus(configuration.gateway().deadline()),
        cancellation,
        configuration.gateway().budget(),
        metadata);
  }

  /** Ends what is under way with the providers, then drains and closes the ledger. */
  @Override
  public void close() {
    http.close();
    ledger.close();
  }
}
