/** Fixtures, clocks and house rules that the tests of every module share. */
@NullMarked
package dev.meterbook.testing;

import org.jspecify.annotations.NullMarked;
