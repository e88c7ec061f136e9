package dev.assay.wire.translation;

import static dev.assay.core.request.WireFormat.ANTHROPIC_MESSAGES;
import static dev.assay.core.request.WireFormat.GEMINI;
import static dev.assay.core.request.WireFormat.OPENAI_CHAT;
import static dev.assay.core.request.WireFormat.OPENAI_RESPONSES;

import dev.assay.core.request.WireFormat;
import java.util.List;
import java.util.Optional;

/**
 * Something that a canonical request can ask and that not every format can say. What is not listed
 * here every format says.
 */
public enum Feature {
  /** A system message behind a message of somebody else. */
  LATER_SYSTEM(
      "a system message behind the first other one",
      lost("it is moved to the front", ANTHROPIC_MESSAGES, GEMINI)),
  /** The name of a speaker. */
  SPEAKER_NAME(
      "the name of a speaker",
      lost("it is left out", OPENAI_RESPONSES, ANTHROPIC_MESSAGES, GEMINI)),
  /** How exactly an image is looked at. */
  IMAGE_DETAIL("the detail of an image", lost("it is left out", ANTHROPIC_MESSAGES, GEMINI)),
  /** A document by address. */
  DOCUMENT_URL("a document by URL", refused("send the document itself, in base64", OPENAI_CHAT)),
  /** What a document is called. */
  DOCUMENT_NAME("the name of a document", lost("it is left out", GEMINI)),
  /** What a document by address is called. */
  DOCUMENT_URL_NAME(
      "the name of a document by URL", lost("it is left out", OPENAI_RESPONSES, GEMINI)),
  /** An image or a document that a tool gave. */
  TOOL_RESULT_MEDIA(
      "an image or a document in a tool's result",
      refused("send it in a user message", OPENAI_CHAT, GEMINI)),
  /** That a tool failed. */
  TOOL_RESULT_FAILED(
      "that a tool failed",
      lost("the tool's words are sent without it", OPENAI_CHAT, OPENAI_RESPONSES)),
  /** Reasoning of another provider, or without its signature. */
  FOREIGN_REASONING(
      "earlier reasoning without a signature of this format",
      lost("it is left out", OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC_MESSAGES, GEMINI)),
  /** A refusal in the history. */
  EARLIER_REFUSAL("an earlier refusal", lost("it is sent as text", ANTHROPIC_MESSAGES, GEMINI)),
  /** A text behind a tool call of the same turn. */
  TEXT_BEHIND_CALL(
      "a text behind a tool call of the same turn", lost("it stands before the call", OPENAI_CHAT)),
  /** Where the prompt may be cached. */
  CACHE_POINT(
      "a cache point",
      lost("the provider caches as it likes", OPENAI_CHAT, OPENAI_RESPONSES, GEMINI)),
  /** Arguments must satisfy the tool's schema. */
  TOOL_STRICT("strict arguments of a tool", lost("it is left out", GEMINI)),
  /** At most one tool at once. */
  ONE_TOOL_AT_ONCE("no parallel tool calls", lost("it is left out", GEMINI)),
  /** Any JSON object. */
  JSON_OBJECT("any JSON object as the answer", refused("give a JSON schema", ANTHROPIC_MESSAGES)),
  /** What the answer's schema is called. */
  SCHEMA_NAME(
      "the name of the answer's schema", lost("it is left out", ANTHROPIC_MESSAGES, GEMINI)),
  /** The answer's schema is a hint only. */
  SCHEMA_NOT_STRICT(
      "a schema that is not enforced", lost("it is enforced", ANTHROPIC_MESSAGES, GEMINI)),
  /** Texts that end the answer. */
  STOP("stop texts", refused("leave them out", OPENAI_RESPONSES)),
  /** The wish for a repeatable draw. */
  SEED("a seed", lost("the answer is not repeatable", OPENAI_RESPONSES, ANTHROPIC_MESSAGES)),
  /** Several answers. */
  CHOICES(
      "several answers at once",
      refused("ask once for each", OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC_MESSAGES, GEMINI)),
  /** A temperature above 1. */
  TEMPERATURE_ABOVE_ONE("a temperature above 1", refused("give at most 1", ANTHROPIC_MESSAGES)),
  /** Among how many tokens is drawn. */
  TOP_K("top-k sampling", refused("leave it out", OPENAI_CHAT, OPENAI_RESPONSES)),
  /** Penalties for tokens that occurred. */
  PENALTIES(
      "presence and frequency penalties",
      refused("leave them out", OPENAI_RESPONSES, ANTHROPIC_MESSAGES)),
  /** How likely the tokens were. */
  LOGPROBS("log probabilities", refused("leave them out", ANTHROPIC_MESSAGES)),
  /** A cap on reasoning tokens. */
  REASONING_BUDGET(
      "a cap on reasoning tokens",
      lost("an effort is asked for instead", OPENAI_CHAT, OPENAI_RESPONSES)),
  /** Something that only another format understands. */
  FOREIGN_PART(
      "content that only the client's format has",
      refused("leave it out", OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC_MESSAGES, GEMINI));

  private final String title;

  // Never changed once it is made.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Note> notes;

  Feature(String title, Note... notes) {
    this.title = title;
    this.notes = List.of(notes);
  }

  /** Formats in which a feature has the same fate. */
  private record Note(Fate fate, String words, List<WireFormat> formats) {}

  private static Note lost(String consequence, WireFormat... formats) {
    return new Note(Fate.LOST, consequence, List.of(formats));
  }

  private static Note refused(String remedy, WireFormat... formats) {
    return new Note(Fate.REFUSED, remedy, List.of(formats));
  }

  private Optional<Note> note(WireFormat target) {
    return notes.stream().filter(note -> note.formats.contains(target)).findFirst();
  }

  /** What it is, such as {@code a seed}. */
  public String title() {
    return title;
  }

  /** That a format cannot say it, in a sentence without its end that begins with the field. */
  String sentence(String field, WireFormat target) {
    return "%s: %s cannot say %s".formatted(field, target.title(), title);
  }

  /** What becomes of it in a format. */
  public Fate fate(WireFormat target) {
    return note(target).map(Note::fate).orElse(Fate.KEPT);
  }

  /** The consequence of a loss, or the remedy for a refusal; empty when it is kept. */
  public String words(WireFormat target) {
    return note(target).map(Note::words).orElse("");
  }
}
