package dev.assay.core.request;

import java.util.Optional;

/** What is asked of a model. Immutable. */
public sealed interface Request permits ChatRequest, EmbeddingRequest, TokenCountRequest {
  /** The name of the model that is asked, as far as it has been resolved. */
  String model();

  /** What kind of thing is asked for, as calls are recorded with it. */
  String modality();

  /** The wire form that it came in, when it came in by a door. */
  Optional<Wire> wire();

  /** The same request to another model. The wire form stays as it came. */
  Request withModel(String model);
}
