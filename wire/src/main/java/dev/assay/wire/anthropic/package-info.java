/** Anthropic Messages: requests, answers, stream events and errors, read and written. */
@NullMarked
package dev.assay.wire.anthropic;

import org.jspecify.annotations.NullMarked;
