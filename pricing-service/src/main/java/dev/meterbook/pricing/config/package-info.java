/** What is started with the process. */
@NullMarked
package dev.meterbook.pricing.config;

import org.jspecify.annotations.NullMarked;
