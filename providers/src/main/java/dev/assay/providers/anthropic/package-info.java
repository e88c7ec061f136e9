/** Providers that speak Anthropic's Messages. */
@NullMarked
package dev.assay.providers.anthropic;

import org.jspecify.annotations.NullMarked;
