package dev.assay.wire.anthropic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a model takes the wish for reasoning, told by its name. Anthropic's models think on a budget
 * from 3.7 on, and as much as they see fit, with an effort, from 4.6 on; models after 4.6 refuse a
 * budget. A name that is not understood here counts as a newer model.
 */
enum ClaudeThinking {
  /** It does not think: Claude 3.5 and older. */
  NEVER,
  /** {@code thinking.budget_tokens}: Claude 3.7 to 4.5. */
  BUDGET,
  /** Adaptive thinking with an effort up to {@code high}, or {@code max}: Claude 4.6. */
  ADAPTIVE,
  /** Adaptive thinking with every effort: Claude 4.7 and newer. */
  ADAPTIVE_XHIGH;

  // The number stands before the family in older names, behind it in newer ones; a date of eight
  // digits is no number of a version.
  private static final Pattern VERSION =
      Pattern.compile(
          "claude-(?:v|instant-)?(?:(?:opus|sonnet|haiku)-)?(\\d{1,2})(?!\\d)"
              + "(?:[-.](\\d{1,2})(?!\\d))?");

  private static final int FIRST_WITH_BUDGET = 307;
  private static final int FIRST_ADAPTIVE = 406;

  /** How a model takes it. */
  static ClaudeThinking of(String model) {
    Matcher name = VERSION.matcher(model);
    if (!name.find()) {
      return ADAPTIVE_XHIGH;
    }
    int minor = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
    int version = Integer.parseInt(name.group(1)) * 100 + minor;
    if (version < FIRST_WITH_BUDGET) {
      return NEVER;
    }
    if (version < FIRST_ADAPTIVE) {
      return BUDGET;
    }
    return version == FIRST_ADAPTIVE ? ADAPTIVE : ADAPTIVE_XHIGH;
  }
}
