/** The HTTP server: its settings, its life, and what it needs from the rest. */
@NullMarked
package dev.assay.web;

import org.jspecify.annotations.NullMarked;
