package dev.meterbook.allocation.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.allocation.domain.CallDimensions;
import dev.meterbook.allocation.domain.RatedCall;
import dev.meterbook.allocation.domain.Rating;
import dev.meterbook.allocation.domain.Rating.Priced;
import dev.meterbook.allocation.domain.Rating.Unpriced;
import dev.meterbook.allocation.domain.RatingKind;
import dev.meterbook.allocation.domain.Tokens;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import dev.meterbook.platform.consumer.TenantParts;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An event of the rating log, read.
 *
 * @param event the event
 * @param usageShard shard of the usage log
 * @param kind why the calls were rated
 * @param calls the calls, at least one
 */
record RatedBatch(StoredEvent event, int usageShard, RatingKind kind, List<RatedCall> calls) {

    /** Name of the events. */
    static final String EVENT = "pricing.UsageRated";

    private static final int REVISION = 1;

    /**
     * Reads an event.
     *
     * @throws IllegalStateException if it is none that this service understands
     */
    static RatedBatch read(StoredEvent event) {
        if (event.type().revision() != REVISION) {
            throw unreadable(event, new IllegalArgumentException(event.type().toString()));
        }
        try {
            UsageRated rated = UsageRated.parseFrom(event.payload());
            if (rated.getCallsCount() == 0) {
                throw new IllegalArgumentException("no calls");
            }
            List<RatedCall> calls = new ArrayList<>(rated.getCallsCount());
            for (dev.meterbook.proto.pricing.v1.RatedCall call : rated.getCallsList()) {
                calls.add(call(rated, call));
            }
            return new RatedBatch(event, rated.getUsageShard(), kind(rated), calls);
        } catch (InvalidProtocolBufferException | IllegalArgumentException broken) {
            throw unreadable(event, broken);
        }
    }

    /**
     * The parts of an event, one for each tenant.
     *
     * @throws IllegalStateException if it cannot be read
     */
    static List<StoredEvent> parts(StoredEvent event) {
        try {
            return TenantParts.of(event, UsageRated.parseFrom(event.payload()), "calls");
        } catch (InvalidProtocolBufferException broken) {
            throw unreadable(event, broken);
        }
    }

    /** The tenants, in the order in which they first occur. */
    Set<String> tenants() {
        Set<String> tenants = new LinkedHashSet<>();
        calls.forEach(call -> tenants.add(call.dimensions().tenant()));
        return tenants;
    }

    /** The calls of one tenant. */
    RatedBatch of(String tenant) {
        return new RatedBatch(
                event,
                usageShard,
                kind,
                calls.stream().filter(call -> call.dimensions().tenant().equals(tenant)).toList());
    }

    private static IllegalStateException unreadable(StoredEvent event, Exception why) {
        return new IllegalStateException(
                "rating log, position " + event.position() + ": " + why.getMessage(), why);
    }

    private static RatingKind kind(UsageRated rated) {
        return switch (rated.getKind()) {
            case RATING_KIND_INITIAL -> RatingKind.INITIAL;
            case RATING_KIND_LATE -> RatingKind.LATE;
            case RATING_KIND_CORRECTION -> RatingKind.CORRECTION;
            case RATING_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("kind " + rated.getKindValue());
        };
    }

    private static RatedCall call(UsageRated rated, dev.meterbook.proto.pricing.v1.RatedCall call) {
        return new RatedCall(
                call.getUsagePosition(),
                Instant.EPOCH.plus(
                        rated.getBaseTimeMicros() + call.getOccurTimeOffsetMicros(),
                        ChronoUnit.MICROS),
                dimensions(rated, call),
                new Tokens(
                        call.getInputTokens(),
                        call.getCacheReadTokens(),
                        call.getCacheWriteTokens(),
                        call.getOutputTokens(),
                        call.getReasoningTokens()),
                rating(rated, call));
    }

    private static CallDimensions dimensions(
            UsageRated rated, dev.meterbook.proto.pricing.v1.RatedCall call) {
        return new CallDimensions(
                rated.getTexts(call.getTenantText()),
                rated.getTexts(call.getCustomerText()),
                rated.getTexts(call.getUserText()),
                rated.getTexts(call.getCostCenterText()),
                rated.getTexts(call.getApplicationText()),
                rated.getTexts(call.getEnvironmentText()),
                rated.getTexts(call.getUseCaseText()),
                rated.getTexts(call.getProviderText()),
                rated.getTexts(call.getModelText()));
    }

    private static Rating rating(UsageRated rated, dev.meterbook.proto.pricing.v1.RatedCall call) {
        if (call.getUnpricedReason() != UnpricedReason.UNPRICED_REASON_UNSPECIFIED) {
            return new Unpriced();
        }
        return new Priced(
                money(call.getBilledCost(), rated.getTexts(call.getCostCurrencyText())),
                money(call.getCharge(), rated.getTexts(call.getChargeCurrencyText())));
    }

    private static Money money(String amount, String currency) {
        return new Money(
                amount.isEmpty() ? BigDecimal.ZERO : new BigDecimal(amount),
                CurrencyCode.of(currency));
    }
}
