package dev.meterbook.allocation.axon;

import com.google.protobuf.Message;
import dev.meterbook.allocation.domain.DirectoryEvent;
import dev.meterbook.allocation.domain.DirectoryEvent.AllocationRuleSet;
import dev.meterbook.allocation.domain.DirectoryEvent.CostCenterRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.CustomerRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantResumed;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantSuspended;
import dev.meterbook.allocation.domain.DirectoryEvent.UserRegistered;
import dev.meterbook.platform.axon.EventCodec;
import dev.meterbook.platform.eventlog.EventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/** How facts about the directory are stored. */
public final class DirectoryCodecs {

    private DirectoryCodecs() {}

    /** A codec for each kind of fact. */
    public static List<EventCodec<?>> all() {
        return List.of(
                tenantRegistered(),
                tenantSuspended(),
                tenantResumed(),
                customerRegistered(),
                userRegistered(),
                costCenterRegistered(),
                allocationRuleSet());
    }

    private static <E extends DirectoryEvent> EventCodec<E> codec(
            Class<E> domainClass, Function<E, Message> toProto, EventCodec.Decoder<E> decoder) {
        return new EventCodec<>(
                EventType.of("allocation." + domainClass.getSimpleName()),
                domainClass,
                DirectoryEvent::tenant,
                event -> toProto.apply(event).toByteArray(),
                decoder);
    }

    private static EventCodec<TenantRegistered> tenantRegistered() {
        return codec(
                TenantRegistered.class,
                event ->
                        dev.meterbook.proto.allocation.v1.TenantRegistered.newBuilder()
                                .setTenant(event.tenant())
                                .setDefaultCostCenter(event.defaultCostCenter())
                                .build(),
                bytes -> {
                    var proto = dev.meterbook.proto.allocation.v1.TenantRegistered.parseFrom(bytes);
                    return new TenantRegistered(proto.getTenant(), proto.getDefaultCostCenter());
                });
    }

    private static EventCodec<TenantSuspended> tenantSuspended() {
        return codec(
                TenantSuspended.class,
                event ->
                        dev.meterbook.proto.allocation.v1.TenantSuspended.newBuilder()
                                .setTenant(event.tenant())
                                .build(),
                bytes ->
                        new TenantSuspended(
                                dev.meterbook.proto.allocation.v1.TenantSuspended.parseFrom(bytes)
                                        .getTenant()));
    }

    private static EventCodec<TenantResumed> tenantResumed() {
        return codec(
                TenantResumed.class,
                event ->
                        dev.meterbook.proto.allocation.v1.TenantResumed.newBuilder()
                                .setTenant(event.tenant())
                                .build(),
                bytes ->
                        new TenantResumed(
                                dev.meterbook.proto.allocation.v1.TenantResumed.parseFrom(bytes)
                                        .getTenant()));
    }

    private static EventCodec<CustomerRegistered> customerRegistered() {
        return codec(
                CustomerRegistered.class,
                event ->
                        dev.meterbook.proto.allocation.v1.CustomerRegistered.newBuilder()
                                .setTenant(event.tenant())
                                .setCustomer(event.customer())
                                .build(),
                bytes -> {
                    var proto =
                            dev.meterbook.proto.allocation.v1.CustomerRegistered.parseFrom(bytes);
                    return new CustomerRegistered(proto.getTenant(), proto.getCustomer());
                });
    }

    private static EventCodec<UserRegistered> userRegistered() {
        return codec(
                UserRegistered.class,
                event ->
                        dev.meterbook.proto.allocation.v1.UserRegistered.newBuilder()
                                .setTenant(event.tenant())
                                .setUser(event.user())
                                .setCustomer(event.customer())
                                .build(),
                bytes -> {
                    var proto = dev.meterbook.proto.allocation.v1.UserRegistered.parseFrom(bytes);
                    return new UserRegistered(
                            proto.getTenant(), proto.getUser(), proto.getCustomer());
                });
    }

    private static EventCodec<CostCenterRegistered> costCenterRegistered() {
        return codec(
                CostCenterRegistered.class,
                event ->
                        dev.meterbook.proto.allocation.v1.CostCenterRegistered.newBuilder()
                                .setCostCenter(event.costCenter())
                                .setParent(event.parent())
                                .build(),
                bytes -> {
                    var proto =
                            dev.meterbook.proto.allocation.v1.CostCenterRegistered.parseFrom(bytes);
                    return new CostCenterRegistered(proto.getCostCenter(), proto.getParent());
                });
    }

    private static EventCodec<AllocationRuleSet> allocationRuleSet() {
        return codec(
                AllocationRuleSet.class,
                event ->
                        dev.meterbook.proto.allocation.v1.AllocationRuleSet.newBuilder()
                                .setTenant(event.tenant())
                                .setApplication(event.application())
                                .setCostCenter(event.costCenter())
                                .setEffectiveTimeMicros(
                                        ChronoUnit.MICROS.between(
                                                Instant.EPOCH, event.effectiveTime()))
                                .build(),
                bytes -> {
                    var proto =
                            dev.meterbook.proto.allocation.v1.AllocationRuleSet.parseFrom(bytes);
                    return new AllocationRuleSet(
                            proto.getTenant(),
                            proto.getApplication(),
                            proto.getCostCenter(),
                            Instant.EPOCH.plus(proto.getEffectiveTimeMicros(), ChronoUnit.MICROS));
                });
    }
}
