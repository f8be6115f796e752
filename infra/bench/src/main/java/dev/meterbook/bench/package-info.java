/** Measures the whole path of a call against a bare COPY and a stock event store. */
@NullMarked
package dev.meterbook.bench;

import org.jspecify.annotations.NullMarked;
