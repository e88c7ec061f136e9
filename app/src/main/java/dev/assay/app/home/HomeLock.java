package dev.assay.app.home;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.assay.cli.SetupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Holds a home for this process. The operating system gives it back when the process ends, however
 * that happens.
 *
 * <p>On POSIX systems a lock ends when its process closes any handle of the file, so nothing else
 * in the process that holds it may open the lock file.
 */
public final class HomeLock implements AutoCloseable {
  private static final Set<PosixFilePermission> PRIVATE = Set.of(OWNER_READ, OWNER_WRITE);
  private static final int TOKEN_BYTES = 32;
  private static final int GREATEST_CONTENT = 4096;

  private final FileChannel channel;
  private final FileLock lock;
  private Owner owner;

  private HomeLock(FileChannel channel, FileLock lock, Owner owner) {
    this.channel = channel;
    this.lock = lock;
    this.owner = owner;
  }

  /** What came of the wish to hold a home. */
  public sealed interface Result {
    /** It is held. */
    record Taken(HomeLock lock) implements Result {}

    /**
     * Another process holds it.
     *
     * @param owner who; absent while it writes its name
     */
    record Held(Optional<Owner> owner) implements Result {}
  }

  /**
   * Takes a home unless another process has it.
   *
   * @throws SetupException when the lock file cannot be written
   */
  public static Result take(Home home) throws SetupException {
    Path file = home.lock();
    try {
      FileChannel channel =
          FileChannel.open(
              file, Set.of(CREATE, READ, WRITE), PosixFilePermissions.asFileAttribute(PRIVATE));
      Optional<FileLock> lock = lock(channel);
      if (lock.isEmpty()) {
        try (channel) {
          return new Result.Held(Owner.read(content(channel)));
        }
      }
      Files.setPosixFilePermissions(file, PRIVATE);
      HomeLock taken = new HomeLock(channel, lock.get(), thisProcess());
      taken.write();
      return new Result.Taken(taken);
    } catch (IOException unusable) {
      throw new SetupException("the lock file " + file + " cannot be written", unusable);
    }
  }

  /**
   * Who holds a home now. Takes nothing and creates nothing.
   *
   * @return empty when nobody does
   */
  public static Optional<Owner> owner(Home home) {
    try (FileChannel channel = FileChannel.open(home.lock(), READ, WRITE)) {
      Optional<FileLock> lock = lock(channel);
      if (lock.isPresent()) {
        lock.get().release();
        return Optional.empty();
      }
      return Owner.read(content(channel));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException ownedHere) {
      return Optional.empty();
    }
  }

  private static byte[] content(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(GREATEST_CONTENT);
    int length = Math.max(0, channel.read(buffer, 0));
    byte[] content = new byte[length];
    buffer.flip().get(content);
    return content;
  }

  private static Owner thisProcess() {
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    return new Owner(
        ProcessHandle.current().pid(), OptionalInt.empty(), HexFormat.of().formatHex(token));
  }

  /** This process, as the lock file names it. */
  public Owner owner() {
    return owner;
  }

  /**
   * Says where this process answers.
   *
   * @throws SetupException when the lock file cannot be written
   */
  public void announce(int port) throws SetupException {
    owner = new Owner(owner.pid(), OptionalInt.of(port), owner.token());
    try {
      write();
    } catch (IOException unusable) {
      throw new SetupException("the lock file cannot be written", unusable);
    }
  }

  private void write() throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(owner.written()), 0);
  }

  /** Gives the home back. */
  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
      lock.release();
    } catch (IOException unwritable) {
      // The lock ends with the channel; what is left in the file names nobody who holds it.
      return;
    }
  }
}
