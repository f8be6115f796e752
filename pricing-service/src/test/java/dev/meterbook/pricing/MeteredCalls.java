package dev.meterbook.pricing;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.UsageRecorded;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Calls as the meter stores them. */
public final class MeteredCalls {

    public static final Instant TIME = Instant.parse("2026-10-05T10:00:00Z");

    private MeteredCalls() {}

    /** A call of 1,000 input and 100 output tokens. */
    public static NewEvent call(String tenant, String id, String provider, String model) {
        return call(
                tenant, id, provider, model, TIME, Map.of(Leaf.INPUT, 1_000L, Leaf.OUTPUT, 100L));
    }

    public static NewEvent call(
            String tenant,
            String id,
            String provider,
            String model,
            Instant occurTime,
            Map<Leaf, Long> quantities) {
        UsageRecorded.Builder recorded =
                UsageRecorded.newBuilder()
                        .setCall(
                                MeteredCall.newBuilder()
                                        .setId(id)
                                        .setApplication("helpdesk")
                                        .setCustomer("customer-1")
                                        .setUser("user-1")
                                        .setHoldId("hold-" + id)
                                        .setProvider(provider)
                                        .setRequestedModel("asked-for")
                                        .setServedModel(model))
                        .setOccurTimeMicros(Validity.micros(occurTime));
        new TreeMap<>(quantities)
                .forEach(
                        (leaf, quantity) ->
                                recorded.addLeavesValue(leaf.code()).addQuantities(quantity));
        return NewEvent.of(
                tenant,
                CallKey.of(id),
                EventType.of("metering.UsageRecorded"),
                recorded.build().toByteArray());
    }
}
