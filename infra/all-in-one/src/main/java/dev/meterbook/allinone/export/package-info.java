/** Metered calls with their exact cost, and the prices behind it, as files for other programs. */
@NullMarked
package dev.meterbook.allinone.export;

import org.jspecify.annotations.NullMarked;
