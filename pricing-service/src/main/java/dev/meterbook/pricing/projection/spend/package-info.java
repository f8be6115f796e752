/** What the calls of periods came to, and what was settled for periods beside their calls. */
@NullMarked
package dev.meterbook.pricing.projection.spend;

import org.jspecify.annotations.NullMarked;
