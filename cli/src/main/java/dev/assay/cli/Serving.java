package dev.assay.cli;

import java.net.URI;
import java.nio.file.Path;

/** A gateway that serves. */
public interface Serving extends AutoCloseable {
  /** Where it answers. */
  URI address();

  /** The home that it owns. */
  Path home();

  /**
   * Waits until the process is asked to end.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  void awaitStop() throws InterruptedException;

  /**
   * Stops: takes no new calls, lets the running ones finish within the configured time, closes the
   * ledger. Returns when all that is done.
   */
  @Override
  void close();
}
