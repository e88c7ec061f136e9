/** Azure OpenAI: OpenAI's APIs with deployments in the place of models. */
@NullMarked
package dev.assay.providers.azure;

import org.jspecify.annotations.NullMarked;
