package dev.assay.app;

import dev.assay.app.config.Configuration;
import dev.assay.app.config.Environment;
import dev.assay.app.home.Home;
import dev.assay.cli.Setup;
import dev.assay.cli.SetupException;
import java.nio.file.Path;

/**
 * Where the program works and what it was told.
 *
 * @param home the home
 * @param configuration what is configured
 */
record Premises(Home home, Configuration configuration) {
  private static final String HOME_VARIABLE = "ASSAY_HOME";
  private static final String USUAL_HOME = ".assay";
  private static final String USER_HOME = "~/";

  /**
   * Finds out.
   *
   * @param setup what the command line says
   * @param process the variables that the process was started with
   * @param working the working folder
   * @param user the user's own folder
   * @throws SetupException when the configuration is wrong
   */
  static Premises of(Setup setup, Environment process, Path working, Path user)
      throws SetupException {
    Environment known = process.withFileIn(working);
    Home home = home(setup, known, user);
    Environment environment = known.withFileIn(home.folder());
    return new Premises(
        home, Configuration.read(setup.config(), home.folder(), environment, setup.port()));
  }

  /** The home, wherever it is said first. */
  static Home home(Setup setup, Environment environment, Path user) {
    return new Home(
        setup
            .home()
            .or(() -> environment.get(HOME_VARIABLE).map(path -> expanded(path, user)))
            .orElseGet(() -> user.resolve(USUAL_HOME)));
  }

  // A shell expands it on the command line, nobody in a file.
  private static Path expanded(String path, Path user) {
    return path.startsWith(USER_HOME)
        ? user.resolve(path.substring(USER_HOME.length()))
        : Path.of(path);
  }
}
