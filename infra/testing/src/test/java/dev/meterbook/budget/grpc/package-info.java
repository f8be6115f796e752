/** A sample at the edge. */
@NullMarked
package dev.meterbook.budget.grpc;

import org.jspecify.annotations.NullMarked;
