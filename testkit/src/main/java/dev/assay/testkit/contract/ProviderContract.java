package dev.assay.testkit.contract;

import org.junit.jupiter.api.AfterEach;

/**
 * What every provider adapter must do. An adapter joins by extending {@link AnswerContract}, {@link
 * StreamContract} and {@link ErrorContract}, and one that embeds also by {@link EmbeddingContract}.
 * After each test no connection and no thread is left.
 */
abstract class ProviderContract {
  /** The adapter and its server, new for each test. */
  protected ProviderRig rig;

  /** The format that the adapter speaks. */
  protected final Dialect dialect;

  ProviderContract(Dialect dialect) {
    this.dialect = dialect;
    this.rig = new ProviderRig(dialect);
  }

  @AfterEach
  void leaveNothingBehind() {
    rig.close();
  }
}
