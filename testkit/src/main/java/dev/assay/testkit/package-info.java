/** Virtual time, scripted providers and a recorder in memory, for tests. */
@NullMarked
package dev.assay.testkit;

import org.jspecify.annotations.NullMarked;
