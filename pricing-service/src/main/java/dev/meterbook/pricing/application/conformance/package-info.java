/** Runs rating cases that anyone can write through the charge models and compares the amounts. */
@NullMarked
package dev.meterbook.pricing.application.conformance;

import org.jspecify.annotations.NullMarked;
