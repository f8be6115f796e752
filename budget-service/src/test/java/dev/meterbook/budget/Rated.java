package dev.meterbook.budget;

import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** An event of the rating log, as pricing would write it. */
public final class Rated {

    private final UsageRated.Builder event;
    private final List<String> texts = new ArrayList<>(List.of(""));

    private Rated(RatingKind kind) {
        this.event = UsageRated.newBuilder().setKind(kind);
    }

    static Rated initial() {
        return new Rated(RatingKind.RATING_KIND_INITIAL);
    }

    static Rated late() {
        return new Rated(RatingKind.RATING_KIND_LATE);
    }

    static Rated correction() {
        return new Rated(RatingKind.RATING_KIND_CORRECTION);
    }

    /** A priced call of acme. */
    Rated call(String occurTime, String charge) {
        return call(occurTime, charge, "");
    }

    /** A priced call of acme that settles a hold. */
    Rated call(String occurTime, String charge, String hold) {
        return add(base(occurTime, hold), charge, "USD");
    }

    /** A priced call of acme, with tokens. */
    Rated call(String occurTime, String charge, String hold, long input, long output) {
        return add(
                base(occurTime, hold).setInputTokens(input).setOutputTokens(output), charge, "USD");
    }

    /** A priced call of any tenant that settles a hold. */
    Rated callOfTenant(String tenant, String occurTime, String charge, String hold) {
        return add(base(occurTime, hold).setTenantText(text(tenant)), charge, "USD");
    }

    /** A call of a user of acme, in a currency. */
    Rated callOf(String user, String occurTime, String charge, String currency) {
        return add(base(occurTime, "").setUserText(text(user)), charge, currency);
    }

    /** A call of acme without a price. */
    Rated unpriced(String occurTime, String hold, long input, long output) {
        event.addCalls(
                base(occurTime, hold)
                        .setInputTokens(input)
                        .setOutputTokens(output)
                        .setUnpricedReason(UnpricedReason.UNPRICED_REASON_UNKNOWN_MODEL));
        return this;
    }

    private Rated add(RatedCall.Builder call, String charge, String currency) {
        event.addCalls(call.setCharge(charge).setChargeCurrencyText(text(currency)));
        return this;
    }

    private RatedCall.Builder base(String occurTime, String hold) {
        return RatedCall.newBuilder()
                .setOccurTimeOffsetMicros(
                        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(occurTime)))
                .setTenantText(text("acme"))
                .setApplicationText(text("chat"))
                .setProviderText(text("openai"))
                .setModelText(text("large"))
                .setHoldText(text(hold));
    }

    private int text(String text) {
        int index = texts.indexOf(text);
        if (index < 0) {
            texts.add(text);
            return texts.size() - 1;
        }
        return index;
    }

    byte[] bytes() {
        return event.clone().addAllTexts(texts).build().toByteArray();
    }
}
