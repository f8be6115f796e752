package dev.meterbook.allinone.system;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

/** Plain-text channels to the services of a Meterbook. */
final class Channels {

    /** A page of 1,000 stored calls with every field at its limit. */
    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private Channels() {}

    static ManagedChannel open(String address) {
        return NettyChannelBuilder.forTarget("dns:///" + address)
                .usePlaintext()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .build();
    }
}
