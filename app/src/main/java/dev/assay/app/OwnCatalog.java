package dev.assay.app;

import dev.assay.app.config.Configuration;
import dev.assay.cli.SetupException;
import dev.assay.core.model.ModelCatalog;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import dev.assay.wire.http.HttpClient;
import dev.assay.wire.http.HttpSettings;
import java.util.Random;

/** What can be asked by this process, without a ledger and so without owning the home. */
final class OwnCatalog {
  private OwnCatalog() {}

  /**
   * The catalog.
   *
   * @throws SetupException when the settings contradict each other
   */
  static ModelCatalog of(Configuration configuration, Clock clock, Tasks tasks)
      throws SetupException {
    // Lives as long as the command, which asks each provider at most once.
    HttpClient http = HttpClient.open(HttpSettings.DEFAULT, clock);
    return Engine.gateway(
            configuration,
            configuration.secrets(),
            http,
            NoLedger.INSTANCE,
            NoLedger.INSTANCE,
            clock,
            tasks,
            new Random())
        .catalog();
  }
}
