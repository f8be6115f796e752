/** The access service as gRPC shows it. */
@NullMarked
package dev.meterbook.gateway.grpc;

import org.jspecify.annotations.NullMarked;
