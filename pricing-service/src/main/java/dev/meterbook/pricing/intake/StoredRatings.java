package dev.meterbook.pricing.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.domain.Counted;
import dev.meterbook.pricing.domain.PriceHistory;
import dev.meterbook.pricing.domain.PriceSource;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.VolumeKey;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads ratings back from the rating log. */
public final class StoredRatings {

    private StoredRatings() {}

    /**
     * Reads an event.
     *
     * @throws IllegalStateException if it is none; the log is damaged
     */
    public static UsageRated event(StoredEvent event) {
        try {
            return UsageRated.parseFrom(event.payload());
        } catch (InvalidProtocolBufferException unreadable) {
            throw new IllegalStateException("rating log, position " + event.position(), unreadable);
        }
    }

    /**
     * What an event says about a call, of a correction the differences; null without a price.
     *
     * @param history knows the exchange rates that ratings name
     */
    static Rating.@Nullable Rated rated(UsageRated event, RatedCall call, PriceHistory history) {
        if (call.getUnpricedReason() != UnpricedReason.UNPRICED_REASON_UNSPECIFIED) {
            return null;
        }
        String list = call.getListCost();
        @Nullable BigDecimal listCost = list.isEmpty() ? null : new BigDecimal(list);
        return new Rating.Rated(
                new PriceSource(
                        event.getTexts(call.getContractText()),
                        event.getTexts(call.getPriceVersionText()),
                        CurrencyCode.of(event.getTexts(call.getCostCurrencyText()))),
                new BigDecimal(call.getBilledCost()),
                listCost,
                event.getTexts(call.getPlanText()),
                CurrencyCode.of(event.getTexts(call.getChargeCurrencyText())),
                new BigDecimal(call.getCharge()),
                history.exchangeRate(event.getTexts(call.getExchangeRateText()))
                        .map(PriceHistory.Known::value)
                        .orElse(null),
                counted(event, call));
    }

    private static List<Counted> counted(UsageRated event, RatedCall call) {
        List<Counted> counted = new ArrayList<>();
        for (int i = 0; i < call.getRuleTextsCount(); i++) {
            counted.add(
                    new Counted(
                            new VolumeKey(
                                    event.getTexts(call.getContractText()),
                                    event.getTexts(call.getRuleTexts(i)),
                                    call.getRulePeriodStartsMicros(i)),
                            call.getRuleQuantitiesBefore(i),
                            call.getRuleQuantities(i)));
        }
        return counted;
    }
}
