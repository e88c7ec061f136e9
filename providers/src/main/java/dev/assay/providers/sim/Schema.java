package dev.assay.providers.sim;

import dev.assay.core.bytes.Bytes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a JSON Schema (draft 2020-12) for which the simulator makes values.
 *
 * @param path the place in the whole schema, such as {@code .properties.name}
 * @param types the allowed types; empty when the schema does not say
 * @param values the allowed values as JSON, of {@code const} or {@code enum}; empty when any is
 * @param properties the properties of an object, in order
 * @param required the names of those that an object must have
 * @param items the elements of an array
 * @param bounds the numeric limits by keyword, such as {@code minItems}
 * @param anyOf alternatives
 * @param reference a place in the same schema that stands here
 * @param format the form of a text
 * @param unknown a keyword that restricts values in a way that is not understood
 */
record Schema(
    String path,
    List<String> types,
    List<Bytes> values,
    Map<String, Schema> properties,
    List<String> required,
    Optional<Schema> items,
    Map<String, BigDecimal> bounds,
    List<Schema> anyOf,
    Optional<String> reference,
    Optional<String> format,
    Optional<String> unknown) {

  UnsupportedSchema unsupported(String why) {
    return new UnsupportedSchema(path, why);
  }

  long bound(String keyword, long otherwise) {
    return Optional.ofNullable(bounds.get(keyword)).map(BigDecimal::longValue).orElse(otherwise);
  }
}
