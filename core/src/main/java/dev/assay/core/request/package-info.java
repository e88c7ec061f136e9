/** What is asked, in canonical form, and the wire form that it came in. */
@NullMarked
package dev.assay.core.request;

import org.jspecify.annotations.NullMarked;
