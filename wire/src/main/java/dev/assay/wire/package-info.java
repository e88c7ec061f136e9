/** JSON, server-sent events and the HTTP client. */
@NullMarked
package dev.assay.wire;

import org.jspecify.annotations.NullMarked;
