/** Scripted provider, virtual time and contract suites, for tests. */
@NullMarked
package dev.assay.testkit;

import org.jspecify.annotations.NullMarked;
