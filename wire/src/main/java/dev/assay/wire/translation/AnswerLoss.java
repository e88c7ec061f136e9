package dev.assay.wire.translation;

import static dev.assay.core.request.WireFormat.ANTHROPIC_MESSAGES;
import static dev.assay.core.request.WireFormat.OPENAI_CHAT;
import static dev.assay.core.request.WireFormat.OPENAI_RESPONSES;

import dev.assay.core.request.WireFormat;
import java.util.List;

/**
 * What a client's format cannot show of an answer that was made in another one. The record of the
 * call has all of it.
 */
public enum AnswerLoss {
  /** Where in an answer the reasoning stood. */
  ORDER(
      "where reasoning stood between texts and tool calls",
      "it stands in a field of its own",
      OPENAI_CHAT),
  /** Whose words a refusal is. */
  REFUSAL_TEXT("that a text is a refusal", "the reason for the end says it", ANTHROPIC_MESSAGES),
  /** A refusal that has no words of its own. */
  SILENT_REFUSAL(
      "a refusal without words of its own",
      "the answer ends as one that was filtered",
      OPENAI_CHAT,
      OPENAI_RESPONSES),
  /** Which stop text ended the answer. */
  STOP_TEXT("which stop text ended the answer", "it is left out", OPENAI_CHAT, OPENAI_RESPONSES),
  /** That a filter ended the answer. */
  FILTER("that a filter ended the answer", "it ends as a refusal", ANTHROPIC_MESSAGES),
  /** How long what was written to a cache is kept. */
  CACHE_TTL(
      "how long the cache keeps what was written to it",
      "one count stands for all",
      OPENAI_CHAT,
      OPENAI_RESPONSES),
  /** Audio among the tokens. */
  AUDIO_TOKENS(
      "how many of the tokens were audio",
      "they are among the others",
      OPENAI_RESPONSES,
      ANTHROPIC_MESSAGES),
  /** What no other format has. */
  FOREIGN_PART(
      "a part that only the provider's format has, such as an image",
      "it is left out",
      OPENAI_CHAT,
      OPENAI_RESPONSES,
      ANTHROPIC_MESSAGES);

  private final String title;
  private final String consequence;

  // Never changed once it is made.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<WireFormat> doors;

  AnswerLoss(String title, String consequence, WireFormat... doors) {
    this.title = title;
    this.consequence = consequence;
    this.doors = List.of(doors);
  }

  /** What it is. */
  public String title() {
    return title;
  }

  /** What a client gets instead. */
  public String consequence() {
    return consequence;
  }

  /** The formats that cannot show it. */
  public List<WireFormat> doors() {
    return doors;
  }
}
