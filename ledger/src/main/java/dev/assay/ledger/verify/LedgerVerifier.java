package dev.assay.ledger.verify;

import dev.assay.core.time.Clock;
import dev.assay.ledger.file.Connections;
import dev.assay.ledger.file.Identity;
import dev.assay.ledger.file.SchemaObjects;
import dev.assay.ledger.record.Place;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Derives the whole chain anew from the rows, and compares the schema and the totals with what they
 * must be. It reads on the caller's thread, in small steps with a snapshot each, so that it can run
 * beside a writer.
 */
public final class LedgerVerifier {
  private static final int MOST = 500;
  private static final Duration LONG = Duration.ofMillis(300);

  private final Connections connections;
  private final Clock clock;
  private final VerificationProgress progress;
  private final List<WriterChain> chains = new ArrayList<>();
  private int most = MOST;

  /** A verifier of one database, for one use. */
  public LedgerVerifier(Connections connections, Clock clock, VerificationProgress progress) {
    this.connections = connections;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Verifies it.
   *
   * @param known ends of chains that were kept elsewhere
   * @throws SQLException when the database cannot be read
   */
  public LedgerVerification verify(List<ChainHead> known) throws SQLException {
    try (Connection connection = connections.reader()) {
      connection.setAutoCommit(false);
      SchemaObjects objects = SchemaObjects.of(connection);
      connection.rollback();
      List<Flaw> schema = SchemaCheck.flaws(objects);
      TotalsCheck totals = new TotalsCheck(connection, clock);
      List<Flaw> flaws = new ArrayList<>();
      boolean recordsIntact = false;
      try {
        walk(connection, known);
        recordsIntact = true;
        totals.run();
      } catch (FlawException found) {
        flaws.add(found.flaw());
      } catch (SQLException unreadable) {
        // A table that is not there explains it.
        if (schema.isEmpty()) {
          throw unreadable;
        }
      }
      flaws.addAll(schema);
      flaws.sort(Comparator.comparing(Flaw::kind));
      return verification(recordsIntact, objects, totals, flaws);
    }
  }

  private LedgerVerification verification(
      boolean recordsIntact, SchemaObjects objects, TotalsCheck totals, List<Flaw> flaws) {
    return new LedgerVerification(
        recordsIntact,
        chains.stream().mapToLong(WriterChain::records).sum(),
        chains.stream().mapToLong(WriterChain::commits).sum(),
        objects.all().size(),
        totals.rows(),
        flaws,
        chains.stream().flatMap(chain -> chain.firstTime().stream()).min(Comparator.naturalOrder()),
        chains.stream().flatMap(chain -> chain.lastTime().stream()).max(Comparator.naturalOrder()),
        chains.stream().map(WriterChain::head).toList());
  }

  private void walk(Connection connection, List<ChainHead> known)
      throws SQLException, FlawException {
    long total = total(connection);
    List<Long> writers = writers(connection);
    requireWriters(connection, writers, known);
    connection.rollback();
    for (long writer : writers) {
      walk(connection, writer, known, total);
    }
  }

  private void walk(Connection connection, long writer, List<ChainHead> known, long total)
      throws SQLException, FlawException {
    Identity identity =
        Identity.read(connection, writer)
            .orElseThrow(
                () -> origin("The ledger has lost its own row, and with it the chain's origin"));
    WriterChain chain = new WriterChain(identity, known);
    chains.add(chain);
    boolean more = true;
    while (more) {
      long began = clock.nanos();
      more = chain.step(connection, most);
      connection.rollback();
      // A snapshot must be short whatever the bodies' size is.
      most = clock.since(began).compareTo(LONG) > 0 ? Math.max(1, most / 4) : MOST;
      progress.verified(chains.stream().mapToLong(WriterChain::records).sum(), total);
    }
  }

  private static long total(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT coalesce(sum((SELECT c.last_seq FROM ledger_commits c WHERE c.place"
                    + " BETWEEN w.number << 48 AND ((w.number + 1) << 48) - 1 ORDER BY c.place"
                    + " DESC LIMIT 1)), 0) FROM ledger_writers w")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static List<Long> writers(Connection connection) throws SQLException {
    List<Long> writers = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT number FROM ledger_writers ORDER BY number")) {
      while (row.next()) {
        writers.add(row.getLong(1));
      }
    }
    return writers;
  }

  /**
   * No row may belong to a writer that is not there, and no writer that is known may be missing.
   */
  private static void requireWriters(
      Connection connection, List<Long> writers, List<ChainHead> known)
      throws SQLException, FlawException {
    long from = Long.MIN_VALUE;
    for (long writer : writers) {
      requireNothing(connection, from, Place.of(writer, 0) - 1);
      from = Place.of(writer + 1, 0);
    }
    requireNothing(connection, from, Long.MAX_VALUE);
    List<String> names = new ArrayList<>();
    for (long writer : writers) {
      Identity.read(connection, writer).ifPresent(identity -> names.add(identity.writer().name()));
    }
    for (ChainHead head : known) {
      if (!names.contains(head.writer())) {
        throw origin("The writer " + head.writer() + ", which is known to have been, is not there");
      }
    }
  }

  private static void requireNothing(Connection connection, long first, long last)
      throws SQLException, FlawException {
    Optional<ForeignRows.Found> found = ForeignRows.first(connection, first, last);
    if (found.isPresent()) {
      throw new FlawException(
          new Flaw(
              FlawKind.FOREIGN_ROW,
              String.valueOf(Place.writer(found.get().place())),
              Place.seq(found.get().place()),
              Optional.empty(),
              "A row of " + found.get().table() + " belongs to a writer that is not there"));
    }
  }

  private static FlawException origin(String detail) {
    return new FlawException(new Flaw(FlawKind.CHANGED_ORIGIN, "", 0, Optional.empty(), detail));
  }
}
