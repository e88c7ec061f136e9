package dev.assay.providers.sim;

import java.util.List;

/** Makes sentences that mean nothing, and say so first. */
final class Prose {
  private static final String OPENING = "This is a simulated answer.";
  private static final int SHORTEST = 5;
  private static final int SPREAD = 9;

  private static final List<String> WORDS =
      List.of(
          "the",
          "a",
          "model",
          "answer",
          "question",
          "measure",
          "small",
          "large",
          "cost",
          "token",
          "careful",
          "reader",
          "result",
          "compares",
          "shows",
          "between",
          "every",
          "second",
          "first",
          "because",
          "while",
          "evidence",
          "example",
          "runs",
          "steady",
          "plain",
          "record",
          "value",
          "number",
          "waits",
          "finds",
          "of",
          "in",
          "with",
          "and",
          "or",
          "without",
          "after",
          "before",
          "each",
          "simple",
          "reason",
          "signal",
          "noise",
          "table",
          "figure",
          "means",
          "seldom",
          "often",
          "more",
          "less",
          "than",
          "usual",
          "again",
          "together",
          "alone",
          "quick",
          "slow",
          "clear",
          "open");

  private Prose() {}

  /** Sentences of about so many tokens. */
  static String about(int tokens, Draw draw) {
    StringBuilder text = new StringBuilder(OPENING);
    int said = SimTokens.count(OPENING);
    while (said < tokens) {
      String sentence = " " + sentence(draw);
      text.append(sentence);
      said += SimTokens.count(sentence);
    }
    return text.toString();
  }

  /** Some words. */
  static String words(int count, Draw draw) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(draw.from(WORDS));
    }
    return text.toString();
  }

  private static String sentence(Draw draw) {
    String words = words(SHORTEST + draw.below(SPREAD), draw);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }
}
