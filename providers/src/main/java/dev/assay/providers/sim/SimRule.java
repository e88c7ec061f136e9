package dev.assay.providers.sim;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scripted answer.
 *
 * @param when a regular expression that the last user message must contain
 * @param template the answer; {@code $1} and {@code ${name}} are the groups of the expression, a
 *     backslash takes the meaning from the character behind it
 */
public record SimRule(Pattern when, String template) {
  /** Checks that the template names only groups that the expression has. */
  public SimRule {
    // With an empty alternative every expression matches the empty text.
    Matcher empty = Pattern.compile("(?:" + when.pattern() + ")|", when.flags()).matcher("");
    try {
      empty.find();
      empty.appendReplacement(new StringBuilder(), template);
    } catch (IllegalArgumentException | IndexOutOfBoundsException unknown) {
      throw new IllegalArgumentException("template: " + unknown.getMessage(), unknown);
    }
  }

  /** The answer to a message, if the rule is for it. */
  Optional<String> answer(String message) {
    Matcher matcher = when.matcher(message);
    if (!matcher.find()) {
      return Optional.empty();
    }
    StringBuilder answer = new StringBuilder();
    matcher.appendReplacement(answer, template);
    return Optional.of(answer.substring(matcher.start()));
  }
}
