package dev.meterbook.ledger.intake;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.PostingBatch;
import dev.meterbook.ledger.domain.PricedCall;
import dev.meterbook.ledger.domain.RatingKind;
import dev.meterbook.ledger.domain.UnpricedCall;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads one event of the rating log.
 *
 * @param position its position there
 * @param event the event
 */
record RatedUsage(long position, UsageRated event) {

    /**
     * Adds the event's calls to a batch.
     *
     * @throws IllegalArgumentException if the event is not as the pricing service promises
     */
    void addTo(PostingBatch batch) {
        if (event.getUsageShard() != 0) {
            throw unexpected("usage_shard", event.getUsageShard(), "0: the one shard of today");
        }
        RatingKind kind = kind();
        @Nullable CurrencyCode[] currencies = new @Nullable CurrencyCode[event.getTextsCount()];
        for (RatedCall call : event.getCallsList()) {
            if (call.getUnpricedReason() == UnpricedReason.UNPRICED_REASON_UNSPECIFIED) {
                batch.add(priced(kind, call, currencies));
            } else if (kind == RatingKind.INITIAL) {
                batch.add(unpriced(call));
            } else {
                throw unexpected("unpriced_reason", call.getUnpricedReason(), "a price");
            }
        }
    }

    private RatingKind kind() {
        return switch (event.getKind()) {
            case RATING_KIND_INITIAL -> RatingKind.INITIAL;
            case RATING_KIND_LATE -> RatingKind.LATE;
            case RATING_KIND_CORRECTION -> RatingKind.CORRECTION;
            case RATING_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw unexpected("kind", event.getKindValue(), "1 to 3");
        };
    }

    private PricedCall priced(
            RatingKind kind, RatedCall call, @Nullable CurrencyCode[] currencies) {
        return new PricedCall(
                kind,
                text(call.getTenantText()),
                call.getUsagePosition(),
                position,
                occurTime(call),
                text(call.getProviderText()),
                text(call.getModelText()),
                text(call.getApplicationText()),
                text(call.getContractText()),
                money(call.getBilledCost(), call.getCostCurrencyText(), currencies),
                money(call.getCharge(), call.getChargeCurrencyText(), currencies),
                call.getInputTokens(),
                call.getOutputTokens());
    }

    private UnpricedCall unpriced(RatedCall call) {
        return new UnpricedCall(
                text(call.getTenantText()),
                call.getUsagePosition(),
                position,
                occurTime(call),
                call.getUnpricedReasonValue());
    }

    private Instant occurTime(RatedCall call) {
        return SqlTimes.ofMicros(event.getBaseTimeMicros() + call.getOccurTimeOffsetMicros());
    }

    private Money money(String amount, int currency, @Nullable CurrencyCode[] currencies) {
        CurrencyCode known = currencies[currency];
        if (known == null) {
            known = CurrencyCode.of(text(currency));
            currencies[currency] = known;
        }
        return new Money(amount(amount), known);
    }

    private static BigDecimal amount(String text) {
        return text.isEmpty()
                ? BigDecimal.ZERO
                : Decimals.parse(text)
                        .orElseThrow(() -> unexpected("amount", text, "decimal number"));
    }

    private String text(int index) {
        return event.getTexts(index);
    }

    private static IllegalArgumentException unexpected(
            String field, Object value, String expected) {
        return new IllegalArgumentException(field + ": " + value + " (expected: " + expected + ")");
    }
}
