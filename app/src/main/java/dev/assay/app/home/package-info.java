/** The home folder and who owns it. */
@NullMarked
package dev.assay.app.home;

import org.jspecify.annotations.NullMarked;
