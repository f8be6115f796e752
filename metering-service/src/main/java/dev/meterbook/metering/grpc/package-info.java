/** The meter's gRPC service, and the way between messages, domain records and stored bytes. */
@NullMarked
package dev.meterbook.metering.grpc;

import org.jspecify.annotations.NullMarked;
