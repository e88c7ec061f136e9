package dev.assay.wire.responses;

import dev.assay.core.request.Part;
import java.util.List;

/**
 * An item of an answer.
 *
 * @param type such as {@code message}; empty when it says none
 * @param parts what it adds to the answer
 */
record Item(String type, List<Part> parts) {
  Item {
    parts = List.copyOf(parts);
  }
}
