package dev.assay.ledger.read;

import dev.assay.core.time.Clock;
import dev.assay.ledger.file.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/**
 * Runs queries on a few platform threads, because calls into SQLite hold the thread that carries a
 * virtual one. Each query has a time limit, so that no snapshot keeps the WAL from starting over
 * for longer. Thread-safe.
 */
public final class ReaderPool implements AutoCloseable {
  // About how many steps of SQLite's machine pass between two looks at the clock: some 100 µs.
  private static final int STEPS = 10_000;

  private final Connections connections;
  private final Clock clock;
  private final Duration limit;
  private final ReadWriteLock gate = new ReentrantReadWriteLock(true);
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final ExecutorService threads;

  /**
   * Something to be read.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  public interface Query<T> {
    /** Reads it. */
    T run(Connection connection) throws SQLException;
  }

  /**
   * A pool whose connections are opened when they are needed.
   *
   * @param size how many queries run at once
   * @param limit how long one may take
   */
  public ReaderPool(Connections connections, Clock clock, int size, Duration limit) {
    this.connections = connections;
    this.clock = clock;
    this.limit = limit;
    this.threads =
        Executors.newFixedThreadPool(
            size, Thread.ofPlatform().name("assay-ledger-reader-", 1).daemon().factory());
  }

  /** Holds all queries back while it is held. */
  public Lock exclusive() {
    return gate.writeLock();
  }

  /**
   * Runs a query in one snapshot and waits for what it gives.
   *
   * @throws UnreadableLedgerException when the database cannot be read, or not in time
   */
  public <T> T read(Query<T> query) {
    FutureTask<T> task = new FutureTask<>(() -> onThread(query));
    threads.execute(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException interrupt) {
          interrupted = true;
        } catch (ExecutionException failure) {
          throw failed(failure.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    threads.close();
    synchronized (idle) {
      for (Connection connection : idle) {
        closeQuietly(connection);
      }
      idle.clear();
    }
  }

  private <T> T onThread(Query<T> query) throws SQLException {
    gate.readLock().lock();
    try {
      Connection connection = borrow();
      try {
        T result = query.run(connection);
        connection.rollback();
        giveBack(connection);
        return result;
      } catch (SQLException | RuntimeException failure) {
        closeQuietly(connection);
        throw failure;
      }
    } finally {
      gate.readLock().unlock();
    }
  }

  private Connection borrow() throws SQLException {
    Connection connection;
    synchronized (idle) {
      connection = idle.poll();
    }
    if (connection == null) {
      connection = connections.reader();
      // What one query reads, it reads of one moment.
      connection.setAutoCommit(false);
    }
    long deadline = clock.nanos() + limit.toNanos();
    ProgressHandler.setHandler(connection, STEPS, new Deadline(clock, deadline));
    return connection;
  }

  private void giveBack(Connection connection) throws SQLException {
    ProgressHandler.clearHandler(connection);
    synchronized (idle) {
      idle.push(connection);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException ignored) {
      // It is given up either way; the failure that led here is reported.
    }
  }

  private static RuntimeException failed(@Nullable Throwable cause) {
    return switch (cause) {
      case SQLException unreadable -> new UnreadableLedgerException(unreadable);
      case RuntimeException defect -> defect;
      case null, default -> new IllegalStateException(cause);
    };
  }

  private static final class Deadline extends ProgressHandler {
    private final Clock clock;
    private final long nanos;

    private Deadline(Clock clock, long nanos) {
      this.clock = clock;
      this.nanos = nanos;
    }

    @Override
    protected int progress() {
      return clock.nanos() - nanos > 0 ? 1 : 0;
    }
  }
}
