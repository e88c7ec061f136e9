package dev.assay.core.request;

import dev.assay.core.bytes.Span;

/**
 * Where a member of the outermost JSON object stands in a body.
 *
 * @param name the name with its quotes
 * @param value the value
 */
public record Member(Span name, Span value) {}
