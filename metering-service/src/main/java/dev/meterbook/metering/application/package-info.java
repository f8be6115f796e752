/** Recording calls: admission, one append for a batch, one answer for each call. */
@NullMarked
package dev.meterbook.metering.application;

import org.jspecify.annotations.NullMarked;
