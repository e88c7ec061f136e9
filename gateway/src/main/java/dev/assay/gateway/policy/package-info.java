/** Models that change how an answer is obtained: retries and fallbacks. */
@NullMarked
package dev.assay.gateway.policy;

import org.jspecify.annotations.NullMarked;
