package dev.assay.gateway.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;

/**
 * Splits text as OpenAI's models do. What it counts for models of other vendors, whose tokenizers
 * are not public, is an estimate. Its table is read when something is counted first, which takes a
 * moment. Thread-safe.
 *
 * <p>Which model has which encoding: OpenAI's tiktoken, {@code model.py}.
 */
enum Tokenizer {
  /** GPT-4o and all later ones, and any model that is not known here. */
  O200K("o200k_base", EncodingType.O200K_BASE),
  /** GPT-4, GPT-3.5 and the embeddings of their time. */
  CL100K("cl100k_base", EncodingType.CL100K_BASE);

  private static final String TUNED = "ft:";
  private static final List<String> OLDER =
      List.of("gpt-4-", "gpt-3.5-", "gpt-35-", "text-embedding-3-", "text-embedding-ada-002");
  private static final List<String> OLDER_WHOLE = List.of("gpt-4", "gpt-3.5", "gpt-35");

  // Reads a table when it is asked for it, and only once.
  private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

  private final String title;
  private final EncodingType encoding;

  Tokenizer(String title, EncodingType encoding) {
    this.title = title;
    this.encoding = encoding;
  }

  /**
   * The tokenizer of a model.
   *
   * @param model its name at the provider; a vendor before a slash and a mark of fine-tuning are
   *     left aside
   */
  static Tokenizer of(String model) {
    String bare = model.substring(model.lastIndexOf('/') + 1);
    String name = bare.startsWith(TUNED) ? tuned(bare.substring(TUNED.length())) : bare;
    return OLDER_WHOLE.contains(name) || OLDER.stream().anyMatch(name::startsWith) ? CL100K : O200K;
  }

  private static String tuned(String name) {
    int end = name.indexOf(':');
    return end < 0 ? name : name.substring(0, end);
  }

  /** What the vocabulary is called. */
  String title() {
    return title;
  }

  /** How many tokens a text has; the names of special tokens count as text. */
  long count(String text) {
    return text.isEmpty() ? 0 : ENCODINGS.getEncoding(encoding).countTokensOrdinary(text);
  }
}
