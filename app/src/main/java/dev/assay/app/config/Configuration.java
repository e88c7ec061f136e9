package dev.assay.app.config;

import dev.assay.cli.SetupException;
import dev.assay.core.secret.Secrets;
import dev.assay.gateway.GatewaySettings;
import dev.assay.ledger.LedgerSettings;
import dev.assay.providers.sim.SimSettings;
import dev.assay.web.WebSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Everything that can be configured, a record for each module.
 *
 * @param file the file that was read; absent when there is none
 * @param web where the server listens and what it takes
 * @param stopTimeout how long running calls may go on when the program is asked to stop
 * @param gateway how models are asked
 * @param providers the providers beside the simulator, usable or not
 * @param sim the simulator
 * @param ledger the ledger
 * @param log how the program logs
 * @param defaultModel what is asked when no model is named
 * @param environmentModel the model that {@code OPENAI_MODEL} names, with its provider
 */
public record Configuration(
    Optional<Path> file,
    WebSettings web,
    Duration stopTimeout,
    GatewaySettings gateway,
    List<ProviderSettings> providers,
    SimSettings sim,
    LedgerSettings ledger,
    LogSettings log,
    Optional<String> defaultModel,
    Optional<String> environmentModel) {
  static final Key<String> DEFAULT_MODEL =
      Key.of("default-model", Kind.TEXT, "What is asked when no model is named.");

  private static final String FILE = "assay.yaml";

  /** Copies the providers. */
  public Configuration {
    providers = List.copyOf(providers);
  }

  /** Every key. */
  static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(List.of(DEFAULT_MODEL));
    Stream.of(
            ServerKeys.ALL,
            ProviderKeys.ALL,
            GatewayKeys.ALL,
            SimKeys.ALL,
            LedgerKeys.ALL,
            LogKeys.ALL)
        .forEach(keys::addAll);
    return keys;
  }

  /**
   * Reads the configuration.
   *
   * @param named the file that the command line names; it must exist
   * @param home the home, whose {@code assay.yaml} is read when no file is named, if it exists
   * @param environment the variables
   * @param port the port that the command line names
   * @throws SetupException when something in it is wrong; the message names each key and the fix
   */
  public static Configuration read(
      Optional<Path> named, Path home, Environment environment, OptionalInt port)
      throws SetupException {
    Optional<Path> file =
        named.or(() -> Optional.of(home.resolve(FILE)).filter(Files::isRegularFile));
    Path folder = file.map(Path::toAbsolutePath).map(Path::getParent).orElse(Path.of(""));
    Values values = new Values(document(file), new References(environment, folder));
    values.refuseOthers(keys());
    try {
      Configuration configuration = read(file, home, values, environment, port);
      values.end();
      return configuration;
    } catch (IllegalArgumentException contradiction) {
      // The settings of the modules check what belongs together and name the keys.
      values.problem(String.valueOf(contradiction.getMessage()));
      values.end();
      throw contradiction;
    }
  }

  private static Configuration read(
      Optional<Path> file, Path home, Values values, Environment environment, OptionalInt port) {
    GatewaySettings gateway = GatewayKeys.read(values);
    return new Configuration(
        file,
        ServerKeys.read(values, environment, port, gateway),
        values.get(ServerKeys.STOP_TIMEOUT),
        gateway,
        ProviderKeys.read(values, environment),
        SimKeys.read(values),
        LedgerKeys.read(values, home),
        LogKeys.read(values),
        values.find(DEFAULT_MODEL),
        Known.OPENAI.model(environment).map(model -> Known.OPENAI.provider() + "/" + model));
  }

  private static YamlDocument document(Optional<Path> file) throws SetupException {
    if (file.isEmpty()) {
      return YamlDocument.empty("the configuration");
    }
    try {
      return YamlDocument.read(file.get().toString(), Files.readString(file.get()));
    } catch (IOException unreadable) {
      throw new SetupException(
          "the configuration " + file.get() + " cannot be read: does it exist?", unreadable);
    }
  }

  /** The values that must never be stored or shown. */
  public Secrets secrets() {
    return Secrets.of(
        providers.stream()
            .flatMap(provider -> provider.secrets().stream())
            .map(Secret::value)
            .toList());
  }
}
