/** The directory and allocated costs over gRPC. */
@NullMarked
package dev.meterbook.allocation.grpc;

import org.jspecify.annotations.NullMarked;
