package dev.assay.app.home;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.assay.cli.SetupException;
import dev.assay.ledger.file.LedgerHome;
import dev.assay.ledger.file.UnusableLedgerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that holds all that the program keeps. Only its owner may look into it.
 *
 * @param folder the folder, absolute
 */
public record Home(Path folder) {
  private static final Set<PosixFilePermission> PRIVATE =
      Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);

  /** Makes the path absolute. */
  public Home {
    folder = folder.toAbsolutePath().normalize();
  }

  /** The ledger's database. */
  public Path database() {
    return folder.resolve("assay.db");
  }

  /** Names the process that owns the home. */
  public Path lock() {
    return folder.resolve("lock");
  }

  /** Whether the folder is there. */
  public boolean exists() {
    return Files.isDirectory(folder);
  }

  /**
   * Makes the folder ready to be written: there, private, on a local file system.
   *
   * @throws SetupException when it cannot be made so
   */
  public void prepare() throws SetupException {
    if (!exists() && Files.exists(folder)) {
      throw new SetupException("the home " + folder + " is no folder: choose another with --home");
    }
    try {
      if (exists() && !Files.getPosixFilePermissions(folder).equals(PRIVATE) && !ours()) {
        throw new SetupException(
            "the home "
                + folder
                + " can be read by others and holds files that are not Assay's: choose another"
                + " with --home, or run: chmod 700 "
                + folder);
      }
      new LedgerHome(folder).prepare();
    } catch (UnusableLedgerException unusable) {
      throw new SetupException(String.valueOf(unusable.getMessage()), unusable);
    } catch (IOException | UnsupportedOperationException unusable) {
      throw new SetupException(
          "the home " + folder + " cannot be used (" + unusable + "): choose another with --home",
          unusable);
    }
  }

  /** Whether the folder is empty or was prepared for this program. */
  private boolean ours() throws IOException {
    if (Files.exists(database()) || Files.exists(folder.resolve("assay.yaml"))) {
      return true;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }
}
