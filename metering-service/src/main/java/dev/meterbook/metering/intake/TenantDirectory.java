package dev.meterbook.metering.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.metering.domain.Tenants;
import dev.meterbook.platform.consumer.LogFollower;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.allocation.v1.TenantRegistered;
import dev.meterbook.proto.allocation.v1.TenantResumed;
import dev.meterbook.proto.allocation.v1.TenantSuspended;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every tenant and its standing, as the allocation log tells it. */
@Singleton
public final class TenantDirectory implements LogFollower, Tenants {

    private static final String REGISTERED = "allocation.TenantRegistered";
    private static final String SUSPENDED = "allocation.TenantSuspended";
    private static final String RESUMED = "allocation.TenantResumed";

    private final Map<String, Standing> standings = new ConcurrentHashMap<>();

    @Override
    public String log() {
        return "allocation";
    }

    @Override
    public String service() {
        return "metering";
    }

    @Override
    public Set<String> eventNames() {
        return Set.of(REGISTERED, SUSPENDED, RESUMED);
    }

    @Override
    public Standing standing(String tenant) {
        return standings.getOrDefault(tenant, Standing.UNKNOWN);
    }

    @Override
    public void apply(StoredEvent event) {
        try {
            switch (event.type().name()) {
                case REGISTERED ->
                        set(
                                TenantRegistered.parseFrom(event.payload()).getTenant(),
                                Standing.ACTIVE);
                case SUSPENDED ->
                        set(
                                TenantSuspended.parseFrom(event.payload()).getTenant(),
                                Standing.SUSPENDED);
                case RESUMED ->
                        set(TenantResumed.parseFrom(event.payload()).getTenant(), Standing.ACTIVE);
                default -> throw new IllegalArgumentException("event: " + event.type());
            }
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(
                    "allocation log, position " + event.position() + ": " + event.type(), broken);
        }
    }

    private void set(String tenant, Standing standing) {
        standings.put(tenant, standing);
    }
}
