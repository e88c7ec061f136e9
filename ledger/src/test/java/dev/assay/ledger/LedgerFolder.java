package dev.assay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.ledger.file.UnusableLedgerException;
import dev.assay.ledger.verify.ChainHead;
import dev.assay.ledger.verify.LedgerVerification;
import dev.assay.ledger.verify.VerificationProgress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The folder of a ledger under test, seen from outside of the code under test. */
public record LedgerFolder(Path path) {
  public Path database() {
    return path.resolve("assay.db");
  }

  public LedgerSettings settings() {
    return LedgerSettings.of(path);
  }

  public SqliteLedger open() throws UnusableLedgerException {
    return SqliteLedger.open(settings(), Clock.system(), Secrets.NONE);
  }

  public ReadOnlyLedger openReadOnly() throws UnusableLedgerException {
    return SqliteLedger.openReadOnly(settings(), Clock.system());
  }

  public LedgerVerification verify(ChainHead... known) throws UnusableLedgerException {
    try (ReadOnlyLedger ledger = openReadOnly()) {
      return ledger.verify(List.of(known), VerificationProgress.silent());
    }
  }

  /** Checks that the chain is intact, and gives how many records it has. */
  public long intactRecords() throws UnusableLedgerException {
    LedgerVerification verification = verify();
    assertThat(verification.flaw()).isEmpty();
    return verification.records();
  }

  /** A connection like anybody's who has the file. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database());
  }

  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
    }
  }

  /** The first column of the rows. */
  public List<String> query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    }
  }

  /** Executes statements without the triggers that would refuse them, and puts those back. */
  public void tamper(String... statements) throws SQLException {
    List<String> triggers = query("SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
    dropTriggers();
    try {
      execute(statements);
    } finally {
      execute(triggers.toArray(String[]::new));
    }
  }

  /** Takes away what keeps rows as they are. */
  public void dropTriggers() throws SQLException {
    execute(
        query("SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'")
            .toArray(String[]::new));
  }
}
