/** The doors, one class for each. */
@NullMarked
package dev.assay.web.api;

import org.jspecify.annotations.NullMarked;
