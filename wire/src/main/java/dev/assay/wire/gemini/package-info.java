/** Google Gemini's generateContent, embeddings and token counts, as a client speaks them. */
@NullMarked
package dev.assay.wire.gemini;

import org.jspecify.annotations.NullMarked;
