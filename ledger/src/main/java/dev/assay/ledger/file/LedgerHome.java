package dev.assay.ledger.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/**
 * The folder of a ledger and what lies in it: for the owner's eyes only, and on this host's disk.
 *
 * @param folder the folder
 */
public record LedgerHome(Path folder) {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  // SQLite's locks and its shared memory do not work across hosts.
  private static final Set<String> NETWORK =
      Set.of(
          "9p",
          "afs",
          "ceph",
          "cifs",
          "davfs",
          "fuse.ceph",
          "fuse.davfs",
          "fuse.glusterfs",
          "fuse.s3fs",
          "fuse.sshfs",
          "glusterfs",
          "lustre",
          "nfs",
          "nfs3",
          "nfs4",
          "smb",
          "smb2",
          "smb3",
          "smbfs",
          "sshfs");

  /** Makes the path absolute, so that nothing depends on the working folder. */
  public LedgerHome {
    folder = folder.toAbsolutePath();
  }

  /** The database. */
  public Path database() {
    return folder.resolve("assay.db");
  }

  /** The database's log of writes that have not reached it yet. */
  public Path wal() {
    return folder.resolve("assay.db-wal");
  }

  /** Where records wait that the database did not take. */
  public Path spill() {
    return folder.resolve("assay.spill");
  }

  /** Makes folder and database file, closes them to others, and checks the file system. */
  public void prepare() throws UnusableLedgerException {
    try {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
      restrict(folder, FOLDER);
      requireLocal(Files.getFileStore(folder).type());
      own(database());
    } catch (IOException cause) {
      throw new UnusableLedgerException(
          "The ledger's folder " + folder + " cannot be written: " + cause, cause);
    }
  }

  /** Checks that there is a ledger. */
  public void requireLedger() throws UnusableLedgerException {
    if (!Files.isRegularFile(database())) {
      throw new UnusableLedgerException(
          "There is no ledger at " + database() + "; assay serve or assay chat makes one.");
    }
  }

  /** Makes a file if there is none, and closes it to others. */
  public static void own(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
    }
    restrict(file, FILE);
  }

  private static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
    if (!Files.getPosixFilePermissions(path).equals(permissions)) {
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  private void requireLocal(String type) throws UnusableLedgerException {
    if (network(type)) {
      throw new UnusableLedgerException(
          "The ledger's folder "
              + folder
              + " is on a network file system ("
              + type
              + "), where SQLite loses data; choose one on this host's disk with --home.");
    }
  }

  /** Whether a type of file system is served by another host. */
  static boolean network(String type) {
    return NETWORK.contains(type.toLowerCase(Locale.ROOT));
  }
}
