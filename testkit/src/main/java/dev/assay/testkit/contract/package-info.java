/** What every provider adapter must do, checked over real sockets. */
@NullMarked
package dev.assay.testkit.contract;

import org.jspecify.annotations.NullMarked;
