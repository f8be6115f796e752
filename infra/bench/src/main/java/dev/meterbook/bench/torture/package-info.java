/**
 * Feeds a whole Meterbook while its parts are killed, stopped, cut off and held up, and checks that
 * nothing is missing, nothing doubled and every sum exact.
 */
@NullMarked
package dev.meterbook.bench.torture;

import org.jspecify.annotations.NullMarked;
