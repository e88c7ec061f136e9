/** The models that wrap models: policies, names and prices. */
@NullMarked
package dev.assay.gateway;

import org.jspecify.annotations.NullMarked;
