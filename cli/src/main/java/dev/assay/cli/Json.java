package dev.assay.cli;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes what {@code --json} shows. */
final class Json {
  private Json() {}

  /**
   * The JSON text of a value.
   *
   * @param value a map with text keys, a list, a text, a number, a truth value, or an {@link
   *     Optional} of one, which is {@code null} when it is empty
   */
  static String text(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator =
        new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      write(value, generator);
    }
    return text.toString();
  }

  private static void write(Object value, JsonGenerator generator) {
    switch (value) {
      case Map<?, ?> map -> {
        generator.writeStartObject();
        map.forEach((name, member) -> {
          generator.writeName(String.valueOf(name));
          write(member, generator);
        });
        generator.writeEndObject();
      }
      case List<?> list -> {
        generator.writeStartArray();
        list.forEach(element -> write(element, generator));
        generator.writeEndArray();
      }
      case Optional<?> some when some.isPresent() -> write(some.get(), generator);
      case Optional<?> none -> generator.writeNull();
      case Boolean truth -> generator.writeBoolean(truth);
      case Long number -> generator.writeNumber(number);
      case Integer number -> generator.writeNumber(number);
      case BigDecimal number -> generator.writeNumber(number.toPlainString());
      default -> generator.writeString(value.toString());
    }
  }
}
