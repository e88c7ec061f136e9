package dev.assay.providers.local;

import dev.assay.core.bytes.Bytes;
import dev.assay.wire.json.Json;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonParser;

/**
 * The tokenizer of BERT's uncased models: words in lower case without accents, cut into the longest
 * known pieces (J. Devlin et al., BERT, 2018; the file is one of Hugging Face's {@code
 * tokenizer.json}). What looks like a special token in a text is text. Immutable and thread-safe.
 */
final class WordPieces {
  /** How many tokens the model was trained to take, the first and the last included. */
  static final int MOST = 256;

  private static final int LONGEST_WORD = 100;
  private static final String INSIDE = "##";

  private final Map<String, Integer> vocabulary;
  private final long begin;
  private final long end;
  private final long unknown;

  private WordPieces(Map<String, Integer> vocabulary) {
    this.vocabulary = vocabulary;
    this.begin = special("[CLS]");
    this.end = special("[SEP]");
    this.unknown = special("[UNK]");
  }

  private long special(String token) {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw new IllegalArgumentException("vocabulary: has no " + token);
    }
    return id;
  }

  /** The tokenizer of a {@code tokenizer.json}. */
  static WordPieces of(Bytes json) {
    Map<String, Integer> vocabulary = new HashMap<>();
    try (JsonParser parser = Json.parser(json)) {
      enter(parser, "model");
      enter(parser, "vocab");
      for (String token = parser.nextName(); token != null; token = parser.nextName()) {
        parser.nextToken();
        vocabulary.put(token, parser.getIntValue());
      }
    }
    return new WordPieces(Map.copyOf(vocabulary));
  }

  private static void enter(JsonParser parser, String member) {
    if (parser.currentToken() == null) {
      parser.nextToken();
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (name.equals(member)) {
        return;
      }
      parser.skipChildren();
    }
    throw new IllegalArgumentException("tokenizer: has no " + member);
  }

  /** The tokens of a text, as many as the model takes. */
  Tokens of(String text) {
    List<Long> pieces = new ArrayList<>();
    for (String word : words(text)) {
      cut(word, pieces);
    }
    int taken = Math.min(pieces.size(), MOST - 2);
    long[] ids = new long[taken + 2];
    ids[0] = begin;
    for (int i = 0; i < taken; i++) {
      ids[i + 1] = pieces.get(i);
    }
    ids[taken + 1] = end;
    return new Tokens(ids, pieces.size() - taken);
  }

  /** The words of a text, each punctuation mark and each ideograph one of its own. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    plain(text)
        .codePoints()
        .forEach(point -> {
          if (space(point) || alone(point)) {
            endWord(word, words);
          }
          if (alone(point)) {
            words.add(Character.toString(point));
          } else if (!space(point)) {
            word.appendCodePoint(point);
          }
        });
    endWord(word, words);
    return words;
  }

  private static void endWord(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /** Without control characters and accents, in lower case. */
  private static String plain(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().filter(point -> !dropped(point)).forEach(clean::appendCodePoint);
    StringBuilder plain = new StringBuilder(clean.length());
    Normalizer.normalize(clean, Normalizer.Form.NFD)
        .codePoints()
        .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
        .forEach(plain::appendCodePoint);
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean dropped(int point) {
    if (point == '\t' || point == '\n' || point == '\r') {
      return false;
    }
    return point == 0xFFFD
        || switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED ->
              true;
          default -> false;
        };
  }

  private static boolean space(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point);
  }

  private static boolean alone(int point) {
    return punctuation(point) || ideograph(point);
  }

  private static boolean punctuation(int point) {
    // BERT takes every ASCII character for punctuation that is no letter, digit or space.
    if (point < 128) {
      return point > ' ' && point < 127 && !Character.isLetterOrDigit(point);
    }
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  // The blocks of CJK ideographs that BERT knows.
  private static boolean ideograph(int point) {
    return in(point, 0x4E00, 0x9FFF)
        || in(point, 0x3400, 0x4DBF)
        || in(point, 0x20000, 0x2A6DF)
        || in(point, 0x2A700, 0x2B73F)
        || in(point, 0x2B740, 0x2B81F)
        || in(point, 0x2B820, 0x2CEAF)
        || in(point, 0xF900, 0xFAFF)
        || in(point, 0x2F800, 0x2FA1F);
  }

  private static boolean in(int point, int first, int last) {
    return point >= first && point <= last;
  }

  /** Adds the longest known pieces from the left, or the unknown token for the whole word. */
  private void cut(String word, List<Long> pieces) {
    if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
      pieces.add(unknown);
      return;
    }
    List<Long> own = new ArrayList<>();
    int start = 0;
    while (start < word.length()) {
      int stop = word.length();
      Integer id = null;
      while (stop > start && id == null) {
        id = vocabulary.get((start == 0 ? "" : INSIDE) + word.substring(start, stop));
        stop = id == null ? word.offsetByCodePoints(stop, -1) : stop;
      }
      if (id == null) {
        pieces.add(unknown);
        return;
      }
      own.add((long) id);
      start = stop;
    }
    pieces.addAll(own);
  }
}
