/** Secret values and how they are kept out of what is stored, logged and said. */
@NullMarked
package dev.assay.core.secret;

import org.jspecify.annotations.NullMarked;
