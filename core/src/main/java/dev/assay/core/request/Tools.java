package dev.assay.core.request;

import java.util.List;
import java.util.Optional;

/**
 * The tools of a request.
 *
 * @param tools what can be called
 * @param choice whether it may or must be called; absent is the provider's default
 * @param parallel whether several may be called at once; absent is the provider's default
 */
public record Tools(List<Tool> tools, Optional<ToolChoice> choice, Optional<Boolean> parallel) {
  /** No tools. */
  public static final Tools NONE = new Tools(List.of(), Optional.empty(), Optional.empty());

  /** Copies the list. */
  public Tools {
    tools = List.copyOf(tools);
  }
}
