/** Commands, terminal output and exit codes. */
@NullMarked
package dev.assay.cli;

import org.jspecify.annotations.NullMarked;
