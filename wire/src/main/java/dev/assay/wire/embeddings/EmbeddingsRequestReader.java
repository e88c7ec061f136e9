package dev.assay.wire.embeddings;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.request.EmbeddingRequest;
import dev.assay.core.request.Wire;
import dev.assay.core.request.WireFormat;
import dev.assay.wire.json.Fields;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.JsonFault;
import dev.assay.wire.json.MemberReader;
import dev.assay.wire.json.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the body of {@code POST /v1/embeddings} in one pass: checks it, notes where its members
 * stand, normalises the texts and builds the canonical request.
 *
 * <p>Token arrays are refused: which text they stand for depends on the model's tokenizer. Unknown
 * members pass untouched in the wire form. A member that is {@code null} counts as absent.
 */
public final class EmbeddingsRequestReader {
  /** How many texts a request may have; OpenAI takes as many. */
  public static final int MOST_TEXTS = 2_048;

  private static final String TOKENS =
      "has token numbers, which are not taken here: send the texts that they stand for";

  private final Bytes body;
  private final MemberReader members;
  private final JsonParser parser;
  private final Unread unread = new Unread();

  private @Nullable String model;
  private @Nullable List<String> texts;
  private Optional<Integer> dimensions = Optional.empty();
  private VectorEncoding encoding = VectorEncoding.FLOAT;

  private EmbeddingsRequestReader(Bytes body, MemberReader members) {
    this.body = body;
    this.members = members;
    this.parser = members.parser();
  }

  /**
   * Reads a body.
   *
   * @param body the bytes as they came
   * @param headers the request headers that travel on, names in lower case; never a credential
   * @param query the raw query string
   */
  public static EmbeddingsRead read(
      Bytes body, Map<String, String> headers, Optional<String> query) {
    if (!MemberReader.looksLikeUtf8(body)) {
      return invalid("The body must be JSON in UTF-8.");
    }
    try (MemberReader members = new MemberReader(body)) {
      return new EmbeddingsRequestReader(body, members).read(headers, query);
    } catch (InvalidField invalid) {
      return new EmbeddingsRead.Invalid(
          ErrorCode.INVALID_REQUEST, invalid.sentence(), invalid.field());
    } catch (JacksonException malformed) {
      return invalid("The body " + JsonFault.text(malformed) + ".");
    }
  }

  private static EmbeddingsRead invalid(String message) {
    return new EmbeddingsRead.Invalid(ErrorCode.INVALID_REQUEST, message, Optional.empty());
  }

  private EmbeddingsRead read(Map<String, String> headers, Optional<String> query) {
    members.each(this::readMember);
    Wire wire =
        new Wire(
            WireFormat.OPENAI_EMBEDDINGS, body, members.members(), headers, query, unread.paths());
    return new EmbeddingsRead.Valid(request(wire), encoding);
  }

  private void readMember(String name) {
    switch (name) {
      case "model" -> model = Fields.string(parser);
      case "input" -> texts = texts();
      case "dimensions" -> dimensions = dimensions();
      case "encoding_format" -> encoding = encoding();
      case "user" -> Fields.optionalString(parser);
      case "metadata", "assay" -> objectOrNull();
      default -> unread.note(parser);
    }
  }

  private List<String> texts() {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> List.of(text());
      case START_ARRAY -> array();
      default -> throw InvalidField.type(parser, "a string or an array of strings");
    };
  }

  private List<String> array() {
    List<String> all = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken().isNumeric() || parser.currentToken() == JsonToken.START_ARRAY) {
        throw new InvalidField("input", TOKENS);
      }
      if (all.size() == MOST_TEXTS) {
        throw new InvalidField(
            "input", "has more than " + MOST_TEXTS + " texts: send them in several requests");
      }
      all.add(text());
    }
    if (all.isEmpty()) {
      throw new InvalidField("input", "is empty: give at least one text");
    }
    return all;
  }

  private String text() {
    String text = EmbeddingRequest.normalised(Fields.string(parser));
    if (text.isEmpty()) {
      throw InvalidField.at(parser, "has no text in it but white space: leave it out");
    }
    return text;
  }

  private Optional<Integer> dimensions() {
    Optional<Long> wished = Fields.optionalInteger(parser);
    if (!Fields.isNull(parser)
        && wished.filter(length -> length >= 1 && length <= Integer.MAX_VALUE).isEmpty()) {
      throw InvalidField.at(parser, "must be a whole number of at least 1");
    }
    return wished.map(Long::intValue);
  }

  private VectorEncoding encoding() {
    Optional<String> name = Fields.optionalString(parser);
    return name.isEmpty()
        ? VectorEncoding.FLOAT
        : VectorEncoding.of(name.get())
            .orElseThrow(() -> InvalidField.at(parser, "must be float or base64"));
  }

  private void objectOrNull() {
    if (!Fields.isNull(parser)) {
      Fields.requireObject(parser);
    }
  }

  private EmbeddingRequest request(Wire wire) {
    if (model == null) {
      throw new InvalidField("model", "is missing: give the name of a model");
    }
    if (model.isBlank()) {
      throw new InvalidField("model", "is blank: give the name of a model");
    }
    if (texts == null) {
      throw new InvalidField("input", "is missing: give a text or an array of texts");
    }
    return new EmbeddingRequest(model, texts, dimensions, Optional.of(wire));
  }
}
