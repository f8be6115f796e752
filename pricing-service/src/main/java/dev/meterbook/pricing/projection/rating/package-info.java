/** Where the rating log holds the ratings of which calls. */
@NullMarked
package dev.meterbook.pricing.projection.rating;

import org.jspecify.annotations.NullMarked;
