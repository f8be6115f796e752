/** Other services' events, and our own, turned into ratings: each call exactly once. */
@NullMarked
package dev.meterbook.pricing.intake;

import org.jspecify.annotations.NullMarked;
