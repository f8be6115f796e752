/** The command line: every service in one process, the demo, exports and checks. */
@NullMarked
package dev.meterbook.allinone;

import org.jspecify.annotations.NullMarked;
