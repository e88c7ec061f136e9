package dev.assay.core.request;

import dev.assay.core.bytes.Bytes;
import java.util.Optional;

/** The form that the answer must have. */
public sealed interface ResponseFormat {
  /** Free text. */
  record Text() implements ResponseFormat {}

  /** Any JSON object. */
  record JsonObject() implements ResponseFormat {}

  /**
   * JSON that satisfies a schema.
   *
   * @param name what the schema is called
   * @param schema the JSON Schema, as it came
   * @param strict whether the provider must enforce it; absent is the provider's default
   */
  record JsonSchema(String name, Bytes schema, Optional<Boolean> strict)
      implements ResponseFormat {}
}
