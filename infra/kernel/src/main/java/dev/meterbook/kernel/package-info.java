/**
 * Words every part of Meterbook shares: exact money, the token lattice, ids and periods. Plain
 * Java.
 */
@NullMarked
package dev.meterbook.kernel;

import org.jspecify.annotations.NullMarked;
