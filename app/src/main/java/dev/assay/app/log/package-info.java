/** How the program logs: to standard error, and to a file when one is configured. */
@NullMarked
package dev.assay.app.log;

import org.jspecify.annotations.NullMarked;
