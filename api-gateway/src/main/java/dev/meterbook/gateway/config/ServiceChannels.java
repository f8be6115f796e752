package dev.meterbook.gateway.config;

import dev.meterbook.gateway.transcoding.Backends;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.micronaut.grpc.annotation.GrpcChannel;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Channels to the five services, and to this process' own server for the access service. */
@Singleton
final class ServiceChannels implements Backends {

    private static final String OWN = "access";
    private static final String ANY_ADDRESS = "0.0.0.0";

    private final Map<String, ManagedChannel> channels;
    private final Provider<GrpcEmbeddedServer> server;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable ManagedChannel own;

    ServiceChannels(
            @GrpcChannel("metering") ManagedChannel metering,
            @GrpcChannel("pricing") ManagedChannel pricing,
            @GrpcChannel("ledger") ManagedChannel ledger,
            @GrpcChannel("allocation") ManagedChannel allocation,
            @GrpcChannel("budget") ManagedChannel budget,
            Provider<GrpcEmbeddedServer> server) {
        this.channels =
                Map.of(
                        "metering", metering,
                        "pricing", pricing,
                        "ledger", ledger,
                        "allocation", allocation,
                        "budget", budget);
        this.server = server;
    }

    @Override
    public Channel channel(String service) {
        if (service.equals(OWN)) {
            ManagedChannel open = own;
            return open != null ? open : openOwn();
        }
        ManagedChannel channel = channels.get(service);
        if (channel == null) {
            throw new IllegalArgumentException("service: " + service + " (expected: a known one)");
        }
        return channel;
    }

    /** At the first call, when the server runs and its port is known. */
    private ManagedChannel openOwn() {
        opening.lock();
        try {
            ManagedChannel open = own;
            if (open == null) {
                GrpcEmbeddedServer target = server.get();
                String host = target.getHost();
                open =
                        ManagedChannelBuilder.forAddress(
                                        host.equals(ANY_ADDRESS) ? "localhost" : host,
                                        target.getPort())
                                .usePlaintext()
                                .build();
                own = open;
            }
            return open;
        } finally {
            opening.unlock();
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        ManagedChannel open = own;
        if (open != null) {
            open.shutdownNow().awaitTermination(2, TimeUnit.SECONDS);
        }
    }
}
