package dev.meterbook.allocation;

import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an event of the rating log: {@code initial().call(1, "acme", "2026-03-01T10:15:00Z")…}.
 */
public final class Ratings {

    private static final Instant BASE = Instant.parse("2026-03-01T00:00:00Z");

    private final RatingKind kind;
    private final List<String> texts = new ArrayList<>(List.of(""));
    private final List<Call> calls = new ArrayList<>();

    private Ratings(RatingKind kind) {
        this.kind = kind;
    }

    public static Ratings initial() {
        return new Ratings(RatingKind.RATING_KIND_INITIAL);
    }

    public static Ratings late() {
        return new Ratings(RatingKind.RATING_KIND_LATE);
    }

    public static Ratings correction() {
        return new Ratings(RatingKind.RATING_KIND_CORRECTION);
    }

    /** Adds a call of one token each way, unpriced until told otherwise. */
    public Call call(long usagePosition, String tenant, String occurTime) {
        Call call = new Call(usagePosition, tenant, occurTime);
        calls.add(call);
        return call;
    }

    public UsageRated event() {
        UsageRated.Builder event =
                UsageRated.newBuilder()
                        .setKind(kind)
                        .setBaseTimeMicros(ChronoUnit.MICROS.between(Instant.EPOCH, BASE));
        calls.forEach(call -> event.addCalls(call.proto));
        return event.addAllTexts(texts).build();
    }

    private int text(String text) {
        if (!texts.contains(text)) {
            texts.add(text);
        }
        return texts.indexOf(text);
    }

    /** One call. */
    public final class Call {
        private final RatedCall.Builder proto = RatedCall.newBuilder();

        private Call(long usagePosition, String tenant, String occurTime) {
            proto.setUsagePosition(usagePosition)
                    .setTenantText(text(tenant))
                    .setOccurTimeOffsetMicros(
                            ChronoUnit.MICROS.between(BASE, Instant.parse(occurTime)))
                    .setApplicationText(text("chat"))
                    .setProviderText(text("openai"))
                    .setModelText(text("gpt-5"))
                    .setUnpricedReason(UnpricedReason.UNPRICED_REASON_UNKNOWN_MODEL);
            var _ = tokens(1, 0, 0, 1, 0);
        }

        public Call customer(String customer) {
            proto.setCustomerText(text(customer));
            return this;
        }

        public Call user(String user) {
            proto.setUserText(text(user));
            return this;
        }

        public Call costCenter(String costCenter) {
            proto.setCostCenterText(text(costCenter));
            return this;
        }

        public Call application(String application) {
            proto.setApplicationText(text(application));
            return this;
        }

        public Call environment(String environment) {
            proto.setEnvironmentText(text(environment));
            return this;
        }

        public Call useCase(String useCase) {
            proto.setUseCaseText(text(useCase));
            return this;
        }

        public Call model(String provider, String model) {
            proto.setProviderText(text(provider)).setModelText(text(model));
            return this;
        }

        public Call tokens(
                long input, long cacheRead, long cacheWrite, long output, long reasoning) {
            proto.setInputTokens(input)
                    .setCacheReadTokens(cacheRead)
                    .setCacheWriteTokens(cacheWrite)
                    .setOutputTokens(output)
                    .setReasoningTokens(reasoning);
            return this;
        }

        public Call priced(String billedCost, String charge, String currency) {
            proto.setUnpricedReason(UnpricedReason.UNPRICED_REASON_UNSPECIFIED)
                    .setBilledCost(billedCost)
                    .setCharge(charge)
                    .setCostCurrencyText(text(currency))
                    .setChargeCurrencyText(text(currency));
            return this;
        }

        public Call chargedIn(String currency) {
            proto.setChargeCurrencyText(text(currency));
            return this;
        }

        public Ratings and() {
            return Ratings.this;
        }
    }
}
