/** The pricing service on the wire. */
@NullMarked
package dev.meterbook.pricing.grpc;

import org.jspecify.annotations.NullMarked;
