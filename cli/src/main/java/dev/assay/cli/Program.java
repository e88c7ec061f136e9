package dev.assay.cli;

import dev.assay.core.model.ModelCatalog;
import dev.assay.core.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * The program behind the commands. Every method loads what it needs when it is called, so that a
 * command pays only for what it uses.
 */
public interface Program {
  /** The version, such as {@code 0.1.0}. */
  String version();

  /** The time. */
  Clock clock();

  /**
   * Asks to be told when the process should end (Ctrl-C, SIGTERM). The process then ends when the
   * running command has returned, or when it did not within a bounded time.
   *
   * @param action must not block
   */
  Registration onStop(Runnable action);

  /**
   * Starts the gateway and returns when it is ready.
   *
   * @throws SetupException when it cannot start
   */
  Serving serve(Setup setup) throws SetupException;

  /**
   * Opens the way to the models: in this process when no other owns the home, else by the process
   * that does. When that answers nobody, waits until it is done.
   *
   * @param remark takes what a person should know meanwhile, a sentence each
   * @throws SetupException when neither is possible
   */
  Session open(Setup setup, Consumer<String> remark) throws SetupException;

  /**
   * What can be asked by name.
   *
   * @throws SetupException when the configuration is wrong
   */
  ModelCatalog models(Setup setup) throws SetupException;

  /**
   * Opens the ledger to read, whoever writes it.
   *
   * @throws SetupException when there is none or it cannot be read
   */
  LedgerReader ledger(Setup setup) throws SetupException;

  /**
   * Derives the ledger's chain again from its rows.
   *
   * @throws SetupException when there is no ledger or it cannot be read
   */
  Verification verify(Setup setup) throws SetupException;

  /** Says what is configured, reachable and writable. Changes nothing. */
  List<Finding> examine(Setup setup);

  /** A request to be told; closing it ends the request. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
