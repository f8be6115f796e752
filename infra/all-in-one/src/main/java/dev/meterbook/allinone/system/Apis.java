package dev.meterbook.allinone.system;

import io.grpc.ManagedChannel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Connections to all services of a Meterbook; services at the same address share one. */
public final class Apis implements AutoCloseable {

    private final Map<String, ManagedChannel> channels = new HashMap<>();
    private final Map<Service, ManagedChannel> byService = new EnumMap<>(Service.class);

    private Apis(Function<Service, String> addressOf) {
        for (Service service : Service.values()) {
            byService.put(
                    service, channels.computeIfAbsent(addressOf.apply(service), Channels::open));
        }
    }

    /** Connects to a system that this process has started. */
    public static Apis of(RunningSystem system) {
        return new Apis(system::grpc);
    }

    /** Connects to services at addresses of host and port. */
    public static Apis at(Function<Service, String> addressOf) {
        return new Apis(addressOf);
    }

    /** The services, called with a credential. */
    public Client as(String credential) {
        return new Client(byService, credential);
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdown);
        try {
            for (ManagedChannel channel : channels.values()) {
                if (!channel.awaitTermination(5, TimeUnit.SECONDS)) {
                    channel.shutdownNow();
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
