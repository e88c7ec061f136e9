/**
 * The configuration: the file {@code assay.yaml}, the environment, and every key with its default.
 */
@NullMarked
package dev.assay.app.config;

import org.jspecify.annotations.NullMarked;
