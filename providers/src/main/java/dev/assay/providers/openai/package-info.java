/**
 * Providers that speak OpenAI's Chat Completions or Responses: OpenAI itself and every compatible
 * server.
 */
@NullMarked
package dev.assay.providers.openai;

import org.jspecify.annotations.NullMarked;
