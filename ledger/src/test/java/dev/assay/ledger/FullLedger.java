package dev.assay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.model.CallContext.Attachment;
import dev.assay.core.outcome.Delivered;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.outcome.ProviderError;
import dev.assay.core.request.WireFormat;
import dev.assay.core.store.CallRecord;
import dev.assay.core.store.CallStart;
import dev.assay.core.store.Receipt;
import dev.assay.core.store.Receipt.Durability;
import dev.assay.core.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteException;

/** Writes ledgers that have a row in every table that a chain covers and this program writes. */
public final class FullLedger {
  /** How many records {@link #write} makes: five calls, a start, a delivery, a group. */
  public static final int RECORDS = 8;

  private FullLedger() {}

  /** Writes one record of every kind, in several commits. */
  public static void write(LedgerFolder folder) throws Exception {
    SampleCalls samples = new SampleCalls(Clock.system(), 3);
    try (SqliteLedger ledger = folder.open()) {
      CallRecord complete = samples.complete();
      await(ledger.record(complete));
      CallStart start = samples.start(samples.context(Attachment.NONE));
      await(ledger.start(start));
      await(ledger.record(samples.ended(start)));
      List<Receipt> batch = new ArrayList<>();
      batch.add(ledger.record(samples.answered()));
      batch.add(ledger.record(failed(samples)));
      batch.add(ledger.undelivered(complete.context().callId(), Delivered.NO));
      batch.forEach(FullLedger::await);
      await(ledger.record(samples.answered()));
    }
  }

  private static CallRecord failed(SampleCalls samples) {
    ProviderError error =
        new ProviderError(WireFormat.OPENAI_CHAT, 500, Optional.empty(), Bytes.utf8("{}"), true);
    return samples.record(
        samples.context(Attachment.NONE),
        samples.failure(ErrorCode.PROVIDER_ERROR, Optional.of(error)));
  }

  private static void await(Receipt receipt) {
    assertThat(receipt.await()).isEqualTo(Durability.RECORDED);
  }

  /** What SQLite says when a statement is refused; empty when it is not. */
  public static Optional<String> refusal(LedgerFolder folder, String... statements)
      throws Exception {
    try {
      folder.execute(statements);
      return Optional.empty();
    } catch (SQLiteException refused) {
      return Optional.of(refused.getMessage());
    }
  }
}
