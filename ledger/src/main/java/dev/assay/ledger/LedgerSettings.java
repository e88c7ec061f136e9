package dev.assay.ledger;

import dev.assay.ledger.write.OnFailure;
import dev.assay.ledger.write.WalLimits;
import dev.assay.ledger.write.WriterLimits;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a ledger.
 *
 * @param home the folder of the ledger
 * @param onFailure what happens to new calls while it cannot be written; {@code refuse} unless told
 * @param writer bounds of the writer
 * @param wal bounds of the log of writes
 * @param spillReserve how many bytes the spill file keeps ready for a full disk; 8 MiB unless told
 * @param readers how many queries run at once; 2 unless told
 * @param queryTime how long a query may take; 1 s unless told
 * @param pageTime after how long a page of calls ends early; 2 s unless told
 * @param closeTime how long closing waits for what is under way; 10 s unless told
 */
public record LedgerSettings(
    Path home,
    OnFailure onFailure,
    WriterLimits writer,
    WalLimits wal,
    long spillReserve,
    int readers,
    Duration queryTime,
    Duration pageTime,
    Duration closeTime) {
  private static final long SPILL_RESERVE = 8L << 20;

  /** Checks the numbers. */
  public LedgerSettings {
    if (spillReserve < 0) {
      throw new IllegalArgumentException("spillReserve: is negative");
    }
    if (readers < 1) {
      throw new IllegalArgumentException("readers: must be at least 1");
    }
    if (!queryTime.isPositive() || !pageTime.isPositive() || closeTime.isNegative()) {
      throw new IllegalArgumentException("queryTime, pageTime, closeTime: must be positive");
    }
  }

  /** The defaults for a folder. */
  public static LedgerSettings of(Path home) {
    return new LedgerSettings(
        home,
        OnFailure.REFUSE,
        WriterLimits.DEFAULT,
        WalLimits.DEFAULT,
        SPILL_RESERVE,
        2,
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10));
  }

  /** The same with another behaviour when the ledger cannot be written. */
  public LedgerSettings onFailure(OnFailure onFailure) {
    return new LedgerSettings(
        home, onFailure, writer, wal, spillReserve, readers, queryTime, pageTime, closeTime);
  }

  /** The same with other bounds of the writer. */
  public LedgerSettings writer(WriterLimits writer) {
    return new LedgerSettings(
        home, onFailure, writer, wal, spillReserve, readers, queryTime, pageTime, closeTime);
  }

  /** The same with other bounds of the log of writes. */
  public LedgerSettings wal(WalLimits wal) {
    return new LedgerSettings(
        home, onFailure, writer, wal, spillReserve, readers, queryTime, pageTime, closeTime);
  }
}
