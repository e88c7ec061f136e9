/** OpenAI Responses: requests, answers, stream events and errors, read and written. */
@NullMarked
package dev.assay.wire.responses;

import org.jspecify.annotations.NullMarked;
