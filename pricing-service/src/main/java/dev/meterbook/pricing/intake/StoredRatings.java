package dev.meterbook.pricing.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.domain.Counted;
import dev.meterbook.pricing.domain.PriceHistory;
import dev.meterbook.pricing.domain.PriceSource;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.SpendKey;
import dev.meterbook.pricing.domain.Spent;
import dev.meterbook.pricing.domain.VolumeKey;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatedSpend;
import dev.meterbook.proto.pricing.v1.TermOwner;
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
                counted(event, call),
                spent(event, call));
    }

    private static List<Counted> counted(UsageRated event, RatedCall call) {
        List<Counted> counted = new ArrayList<>();
        for (int i = 0; i < call.getRuleTextsCount(); i++) {
            counted.add(
                    new Counted(
                            new VolumeKey(
                                    owner(event, call, ofRule(call, i)),
                                    event.getTexts(call.getRuleTexts(i)),
                                    call.getRulePeriodStartsMicros(i)),
                            call.getRuleQuantitiesBefore(i),
                            call.getRuleQuantities(i)));
        }
        return counted;
    }

    /** Whose a rule of a call is; nothing is told where all are the contract's. */
    public static TermOwner ofRule(RatedCall call, int rule) {
        return call.getRuleOwnersCount() == 0
                ? TermOwner.TERM_OWNER_CONTRACT
                : call.getRuleOwners(rule);
    }

    private static String owner(UsageRated event, RatedCall call, TermOwner owner) {
        return owner == TermOwner.TERM_OWNER_PLAN
                ? dev.meterbook.pricing.domain.TermOwner.planOf(
                        event.getTexts(call.getTenantText()))
                : event.getTexts(call.getContractText());
    }

    private static List<Spent> spent(UsageRated event, RatedCall call) {
        List<Spent> spent = new ArrayList<>();
        for (RatedSpend each : call.getSpendsList()) {
            int currency =
                    each.getOwner() == TermOwner.TERM_OWNER_PLAN
                            ? call.getChargeCurrencyText()
                            : call.getCostCurrencyText();
            spent.add(
                    new Spent(
                            new SpendKey(
                                    owner(event, call, each.getOwner()),
                                    event.getTexts(each.getTermText()),
                                    CurrencyCode.of(event.getTexts(currency)),
                                    each.getPeriodStartTimeMicros()),
                            new BigDecimal(each.getAmountBefore()),
                            new BigDecimal(each.getAmount()),
                            new BigDecimal(each.getOwedAmount())));
        }
        return spent;
    }
}
