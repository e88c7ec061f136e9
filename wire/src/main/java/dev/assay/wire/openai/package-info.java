/** OpenAI Chat Completions: requests, answers, stream events and errors, read and written. */
@NullMarked
package dev.assay.wire.openai;

import org.jspecify.annotations.NullMarked;
