package dev.assay.ledger.verify;

/** Is told how far a verification has come. */
@FunctionalInterface
public interface VerificationProgress {
  /**
   * More records were verified.
   *
   * @param records how many so far
   * @param total how many there were when it began
   */
  void verified(long records, long total);

  /** Tells nobody. */
  static VerificationProgress silent() {
    return (records, total) -> {};
  }
}
