/** Google Gemini by its own API. */
@NullMarked
package dev.assay.providers.gemini;

import org.jspecify.annotations.NullMarked;
