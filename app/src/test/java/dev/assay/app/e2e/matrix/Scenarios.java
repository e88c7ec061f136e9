package dev.assay.app.e2e.matrix;

/** The scenarios of the matrix, by the names of their files. */
final class Scenarios {
  /** Scenarios of requests. */
  static final String[] REQUESTS = {"text"};

  /** Scenarios of answers. */
  static final String[] ANSWERS = {"text-answer"};

  private Scenarios() {}
}
