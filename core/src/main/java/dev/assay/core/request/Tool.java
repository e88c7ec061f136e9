package dev.assay.core.request;

import dev.assay.core.bytes.Bytes;
import java.util.Optional;

/**
 * A tool that the model may call.
 *
 * @param name its name
 * @param description what it does
 * @param parameters the JSON Schema of its arguments, as it came
 * @param strict whether the arguments must satisfy the schema; absent is the provider's default
 * @param cache everything up to here may be kept in the provider's prompt cache
 */
public record Tool(
    String name,
    Optional<String> description,
    Optional<Bytes> parameters,
    Optional<Boolean> strict,
    Optional<CacheHint> cache) {
  /** A tool that no cache point follows. */
  public Tool(
      String name,
      Optional<String> description,
      Optional<Bytes> parameters,
      Optional<Boolean> strict) {
    this(name, description, parameters, strict, Optional.empty());
  }
}
