package dev.assay.app.e2e.matrix;

/** The files of the scenarios. */
final class Scenarios {
  /** Scenarios of requests. */
  static final String[] REQUESTS = {
    "requests/text",
    "requests/media",
    "requests/tools",
    "requests/output",
    "requests/reasoning",
    "requests/sampling",
    "requests/unread"
  };

  /** Scenarios of answers. */
  static final String[] ANSWERS = {"answers/text", "answers/tools", "answers/reasoning"};

  /** Scenarios of failures. */
  static final String[] FAILURES = {"failures/statuses", "failures/streams"};

  private Scenarios() {}
}
