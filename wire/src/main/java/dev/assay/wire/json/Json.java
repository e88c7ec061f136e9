package dev.assay.wire.json;

import dev.assay.core.bytes.Bytes;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** The one configured JSON reader and writer, streaming in both directions. Thread-safe. */
public final class Json {
  /** How deep objects and arrays may be nested. */
  public static final int DEEPEST_NESTING = 1_000;

  // A body is at most 20 MB, so a single text in it may be as long.
  private static final int LONGEST_STRING = 20 * 1024 * 1024;

  private static final int FIRST_BUFFER = 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST_NESTING)
                  .maxStringLength(LONGEST_STRING)
                  .build())
          .build();

  private Json() {}

  /**
   * A parser over JSON text in UTF-8; its byte offsets count from the start of the text. It must be
   * closed.
   *
   * <p>It throws {@link tools.jackson.core.JacksonException} when the text is not well-formed, and
   * {@link tools.jackson.core.exc.StreamConstraintsException} when it is beyond the limits; {@link
   * JsonFault} says either without quoting the text.
   */
  public static JsonParser parser(Bytes json) {
    return FACTORY.createParser(
        ObjectReadContext.empty(), json.backingArray(), json.arrayOffset(), json.length());
  }

  /**
   * Writes JSON.
   *
   * @param writing writes one value
   */
  public static Bytes write(Consumer<JsonGenerator> writing) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(FIRST_BUFFER);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      writing.accept(generator);
    }
    return Bytes.wrap(bytes.getClearAndRelease());
  }

  /**
   * Writes a JSON value as it stands, as the value of the member whose name was written, or as an
   * element.
   */
  public static void writeRaw(JsonGenerator generator, Bytes json) {
    generator.writeRawValue(json.utf8());
  }
}
