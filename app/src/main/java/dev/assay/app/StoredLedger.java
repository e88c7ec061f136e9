package dev.assay.app;

import dev.assay.cli.LedgerReader;
import dev.assay.cli.SetupException;
import dev.assay.cli.Verification;
import dev.assay.core.store.CallFilter;
import dev.assay.core.store.CallPage;
import dev.assay.core.store.CallSummary;
import dev.assay.core.store.Calls;
import dev.assay.core.store.StoredCall;
import dev.assay.core.time.Clock;
import dev.assay.ledger.LedgerSettings;
import dev.assay.ledger.ReadOnlyLedger;
import dev.assay.ledger.SqliteLedger;
import dev.assay.ledger.file.UnusableLedgerException;
import dev.assay.ledger.verify.Flaw;
import dev.assay.ledger.verify.LedgerVerification;
import dev.assay.ledger.verify.VerificationProgress;
import dev.assay.web.api.CallJson;
import dev.assay.web.api.SummaryJson;
import java.util.List;

/** The ledger as it is on disk, read only, whoever writes it. */
final class StoredLedger implements LedgerReader {
  private final ReadOnlyLedger ledger;
  private final Clock clock;

  private StoredLedger(ReadOnlyLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Opens it.
   *
   * @throws SetupException when there is none or it cannot be read
   */
  static StoredLedger open(LedgerSettings settings, Clock clock) throws SetupException {
    try {
      return new StoredLedger(SqliteLedger.openReadOnly(settings, clock), clock);
    } catch (UnusableLedgerException unusable) {
      throw new SetupException(String.valueOf(unusable.getMessage()), unusable);
    }
  }

  @Override
  public Calls calls() {
    return ledger.calls();
  }

  @Override
  public String json(CallPage page) {
    return CallJson.page(page).utf8();
  }

  @Override
  public String json(StoredCall call) {
    return CallJson.call(call).utf8();
  }

  @Override
  public String json(CallSummary summary, CallFilter filter) {
    return SummaryJson.summary(summary, filter, clock.now()).utf8();
  }

  /**
   * Derives the chain again from the rows.
   *
   * @throws SetupException when it cannot be read to the end
   */
  Verification verify() throws SetupException {
    try {
      LedgerVerification found = ledger.verify(List.of(), VerificationProgress.silent());
      return new Verification(
          found.records(),
          found.commits(),
          found.intactFrom(),
          found.intactUntil(),
          found.flaw().map(Flaw::line));
    } catch (UnusableLedgerException damaged) {
      throw new SetupException(String.valueOf(damaged.getMessage()), damaged);
    }
  }

  @Override
  public void close() {
    ledger.close();
  }
}
