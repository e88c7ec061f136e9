/** What clients see of the running program: OpenAI's official one, and plain sockets. */
@NullMarked
package dev.assay.app.e2e.client;

import org.jspecify.annotations.NullMarked;
