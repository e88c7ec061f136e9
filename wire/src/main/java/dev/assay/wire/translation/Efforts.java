package dev.assay.wire.translation;

/** Efforts for caps on reasoning tokens. */
final class Efforts {
  private static final long LOW = 4_096;
  private static final long MEDIUM = 16_384;

  private Efforts() {}

  /** The effort whose usual number of reasoning tokens is nearest to a cap. */
  static String nearest(long budgetTokens) {
    if (budgetTokens == 0) {
      return "none";
    }
    if (budgetTokens <= LOW) {
      return "low";
    }
    return budgetTokens <= MEDIUM ? "medium" : "high";
  }
}
