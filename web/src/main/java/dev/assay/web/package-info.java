/** The HTTP doors. */
@NullMarked
package dev.assay.web;

import org.jspecify.annotations.NullMarked;
