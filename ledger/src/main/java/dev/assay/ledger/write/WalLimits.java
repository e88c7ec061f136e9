package dev.assay.ledger.write;

/**
 * How large the log of writes (the WAL) may be, in bytes.
 *
 * @param move how much is left in it before it is moved to the database
 * @param restart from where on it starts over
 * @param reserve the size that its file is given once there is traffic
 * @param urgent from where on readers are held back so that it can start over
 */
public record WalLimits(long move, long restart, long reserve, long urgent) {
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;

  /** What was measured to be good. */
  public static final WalLimits DEFAULT = new WalLimits(256 * KIB, 24 * MIB, 32 * MIB, 128 * MIB);
}
