package dev.meterbook.gateway.transcoding;

import io.grpc.Channel;

/** The way to each service. */
@FunctionalInterface
public interface Backends {

    /**
     * The channel to a service.
     *
     * @param service its short name, such as {@code metering}
     * @throws IllegalArgumentException if there is no such service
     */
    Channel channel(String service);
}
