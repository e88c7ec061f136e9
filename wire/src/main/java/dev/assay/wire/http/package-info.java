/** The HTTP client towards providers. */
@NullMarked
package dev.assay.wire.http;

import org.jspecify.annotations.NullMarked;
