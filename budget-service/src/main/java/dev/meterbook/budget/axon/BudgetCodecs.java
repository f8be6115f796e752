package dev.meterbook.budget.axon;

import dev.meterbook.budget.domain.BudgetEvent;
import dev.meterbook.budget.domain.BudgetEvent.BudgetArchived;
import dev.meterbook.budget.domain.BudgetEvent.BudgetChanged;
import dev.meterbook.budget.domain.BudgetEvent.BudgetDefined;
import dev.meterbook.budget.domain.BudgetEvent.ThresholdReached;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.platform.axon.EventCodec;
import dev.meterbook.platform.axon.EventCodecs;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** How the events of budgets are stored. */
public final class BudgetCodecs {

    private static final List<EventCodec<?>> ALL =
            List.of(
                    new EventCodec<>(
                            EventType.of("budget.BudgetDefined"),
                            BudgetDefined.class,
                            event -> event.key().tenantId(),
                            BudgetCodecs::encode,
                            BudgetCodecs::defined),
                    new EventCodec<>(
                            EventType.of("budget.BudgetChanged"),
                            BudgetChanged.class,
                            event -> event.key().tenantId(),
                            BudgetCodecs::encode,
                            BudgetCodecs::changed),
                    new EventCodec<>(
                            EventType.of("budget.BudgetArchived"),
                            BudgetArchived.class,
                            event -> event.key().tenantId(),
                            BudgetCodecs::encode,
                            BudgetCodecs::archived),
                    new EventCodec<>(
                            EventType.of("budget.ThresholdReached"),
                            ThresholdReached.class,
                            event -> event.key().tenantId(),
                            BudgetCodecs::encode,
                            BudgetCodecs::reached));

    private static final EventCodecs CODECS = new EventCodecs(ALL);

    private BudgetCodecs() {}

    static List<EventCodec<?>> all() {
        return ALL;
    }

    /** Names of all events of budgets. */
    public static Set<String> eventNames() {
        return CODECS.eventNames();
    }

    /** An event that was stored. */
    public static BudgetEvent decode(StoredEvent event) {
        return (BudgetEvent) CODECS.decode(event);
    }

    private static byte[] encode(BudgetDefined event) {
        return dev.meterbook.proto.budget.v1.BudgetDefined.newBuilder()
                .setTenant(event.key().tenantId())
                .setBudget(event.key().budgetId())
                .addAllScope(BudgetMessages.toProto(event.scope()))
                .setWindow(BudgetMessages.toProto(event.window()))
                .setTerms(BudgetMessages.toProto(event.terms()))
                .setCreateTimeMicros(micros(event.time()))
                .build()
                .toByteArray();
    }

    private static BudgetDefined defined(byte[] bytes) throws IOException {
        var event = dev.meterbook.proto.budget.v1.BudgetDefined.parseFrom(bytes);
        return new BudgetDefined(
                new BudgetKey(event.getTenant(), event.getBudget()),
                BudgetMessages.scopeFromStored(event.getScopeList()),
                BudgetMessages.fromStored(event.getWindow()),
                BudgetMessages.fromStored(event.getTerms()),
                time(event.getCreateTimeMicros()));
    }

    private static byte[] encode(BudgetChanged event) {
        return dev.meterbook.proto.budget.v1.BudgetChanged.newBuilder()
                .setTenant(event.key().tenantId())
                .setBudget(event.key().budgetId())
                .setTerms(BudgetMessages.toProto(event.terms()))
                .setUpdateTimeMicros(micros(event.time()))
                .build()
                .toByteArray();
    }

    private static BudgetChanged changed(byte[] bytes) throws IOException {
        var event = dev.meterbook.proto.budget.v1.BudgetChanged.parseFrom(bytes);
        return new BudgetChanged(
                new BudgetKey(event.getTenant(), event.getBudget()),
                BudgetMessages.fromStored(event.getTerms()),
                time(event.getUpdateTimeMicros()));
    }

    private static byte[] encode(BudgetArchived event) {
        return dev.meterbook.proto.budget.v1.BudgetArchived.newBuilder()
                .setTenant(event.key().tenantId())
                .setBudget(event.key().budgetId())
                .setUpdateTimeMicros(micros(event.time()))
                .build()
                .toByteArray();
    }

    private static BudgetArchived archived(byte[] bytes) throws IOException {
        var event = dev.meterbook.proto.budget.v1.BudgetArchived.parseFrom(bytes);
        return new BudgetArchived(
                new BudgetKey(event.getTenant(), event.getBudget()),
                time(event.getUpdateTimeMicros()));
    }

    private static byte[] encode(ThresholdReached event) {
        return dev.meterbook.proto.budget.v1.ThresholdReached.newBuilder()
                .setTenant(event.key().tenantId())
                .setBudget(event.key().budgetId())
                .setThresholdPercent(event.percent())
                .setWindowStartSeconds(event.windowStart().getEpochSecond())
                .setSpent(BudgetMessages.toProto(event.spent()))
                .setLimit(BudgetMessages.toProto(event.limit()))
                .setReachTimeMicros(micros(event.time()))
                .build()
                .toByteArray();
    }

    private static ThresholdReached reached(byte[] bytes) throws IOException {
        var event = dev.meterbook.proto.budget.v1.ThresholdReached.parseFrom(bytes);
        return new ThresholdReached(
                new BudgetKey(event.getTenant(), event.getBudget()),
                event.getThresholdPercent(),
                Instant.ofEpochSecond(event.getWindowStartSeconds()),
                BudgetMessages.fromStored(event.getSpent()),
                BudgetMessages.fromStored(event.getLimit()),
                time(event.getReachTimeMicros()));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
