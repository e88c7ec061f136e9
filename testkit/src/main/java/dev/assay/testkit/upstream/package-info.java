/** An HTTP server on a real socket that misbehaves as scripted. */
@NullMarked
package dev.assay.testkit.upstream;

import org.jspecify.annotations.NullMarked;
