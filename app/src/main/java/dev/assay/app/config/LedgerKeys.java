package dev.assay.app.config;

import dev.assay.ledger.LedgerSettings;
import dev.assay.ledger.write.OnFailure;
import java.nio.file.Path;
import java.util.List;

/** The keys of {@code ledger}. */
final class LedgerKeys {
  static final Key<OnFailure> ON_FAILURE =
      Key.of(
          "ledger.on-failure",
          Kind.choice(OnFailure.class),
          "refuse",
          "What happens to new calls while the ledger cannot be written: they are refused, or they"
              + " are made and recorded in the spill file until it can be written again.");

  static final Key<Long> SPILL_RESERVE =
      Key.of(
          "ledger.spill-reserve",
          Kind.SIZE,
          "8MiB",
          "How much the spill file keeps ready for a full disk.");

  static final List<Key<?>> ALL = List.of(ON_FAILURE, SPILL_RESERVE);

  private LedgerKeys() {}

  /** Reads the settings of the ledger in a home. */
  static LedgerSettings read(Values values, Path home) {
    LedgerSettings usual = LedgerSettings.of(home);
    return new LedgerSettings(
        home,
        values.get(ON_FAILURE),
        usual.writer(),
        usual.wal(),
        values.get(SPILL_RESERVE),
        usual.readers(),
        usual.queryTime(),
        usual.pageTime(),
        usual.closeTime());
  }
}
