/** The one interface of everything that answers, and the context of a call. */
@NullMarked
package dev.assay.core.model;

import org.jspecify.annotations.NullMarked;
