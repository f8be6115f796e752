package dev.meterbook.ledger;

import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** An event of the rating log, call by call. */
final class RatedEvent {

    private static final Instant BASE = Instant.parse("2026-10-01T00:00:00Z");

    private final List<String> texts = new ArrayList<>(List.of(""));
    private final UsageRated.Builder event = UsageRated.newBuilder();

    private RatedEvent(RatingKind kind) {
        event.setKind(kind).setBaseTimeMicros(micros(BASE));
    }

    static RatedEvent initial() {
        return new RatedEvent(RatingKind.RATING_KIND_INITIAL);
    }

    static RatedEvent late() {
        return new RatedEvent(RatingKind.RATING_KIND_LATE);
    }

    static RatedEvent correction() {
        return new RatedEvent(RatingKind.RATING_KIND_CORRECTION);
    }

    /** A call of the model gpt-4o on 2026-10-03. */
    RatedEvent priced(String tenant, long position, String cost, String charge) {
        return priced(tenant, position, "2026-10-03T12:00:00Z", "gpt-4o", cost, charge);
    }

    RatedEvent priced(
            String tenant, long position, String time, String model, String cost, String charge) {
        return priced(tenant, position, time, model, cost, charge, "USD");
    }

    RatedEvent priced(
            String tenant,
            long position,
            String time,
            String model,
            String cost,
            String charge,
            String chargeCurrency) {
        event.addCalls(
                call(tenant, position, time, model)
                        .setContractText(text("openai-main"))
                        .setPriceVersionText(text("v1"))
                        .setCostCurrencyText(text("USD"))
                        .setBilledCost(cost)
                        .setPlanText(text("standard"))
                        .setChargeCurrencyText(text(chargeCurrency))
                        .setCharge(charge));
        return this;
    }

    RatedEvent unpriced(String tenant, long position) {
        event.addCalls(
                call(tenant, position, "2026-10-03T12:00:00Z", "unheard-of")
                        .setUnpricedReason(UnpricedReason.UNPRICED_REASON_UNKNOWN_MODEL));
        return this;
    }

    private RatedCall.Builder call(String tenant, long position, String time, String model) {
        return RatedCall.newBuilder()
                .setUsagePosition(position)
                .setOccurTimeOffsetMicros(micros(Instant.parse(time)) - micros(BASE))
                .setTenantText(text(tenant))
                .setApplicationText(text("chat"))
                .setProviderText(text("openai"))
                .setModelText(text(model))
                .setInputTokens(100)
                .setOutputTokens(20);
    }

    private int text(String text) {
        int index = texts.indexOf(text);
        if (index >= 0) {
            return index;
        }
        texts.add(text);
        return texts.size() - 1;
    }

    private static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    UsageRated build() {
        return event.addAllTexts(texts).build();
    }
}
