package dev.assay.providers.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * The simulator's own tokens: a token is up to four characters of a word together with the white
 * space before it; white space at the end of a text is one token. No real model counts like this,
 * but real ones come close to it for English prose.
 */
final class SimTokens {
  private static final int LONGEST = 4;

  private SimTokens() {}

  /** The tokens of a text, in order; joined they are the text. */
  static List<String> split(String text) {
    List<String> tokens = new ArrayList<>(text.length() / LONGEST + 1);
    int at = 0;
    while (at < text.length()) {
      int word = skipWhiteSpace(text, at);
      int end = word;
      while (end < text.length() && end < word + LONGEST && !space(text, end)) {
        end++;
      }
      end += splitsPair(text, end) ? 1 : 0;
      tokens.add(text.substring(at, end));
      at = end;
    }
    return tokens;
  }

  /** How many tokens a text has. */
  static int count(String text) {
    return split(text).size();
  }

  /** The words of a text, each with the white space before it; joined they are the text. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = skipWhiteSpace(text, at);
      while (end < text.length() && !space(text, end)) {
        end++;
      }
      words.add(text.substring(at, end));
      at = end;
    }
    return words;
  }

  private static int skipWhiteSpace(String text, int from) {
    int at = from;
    while (at < text.length() && space(text, at)) {
      at++;
    }
    return at;
  }

  private static boolean space(String text, int at) {
    return Character.isWhitespace(text.charAt(at));
  }

  private static boolean splitsPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }
}
