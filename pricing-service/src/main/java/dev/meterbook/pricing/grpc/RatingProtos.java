package dev.meterbook.pricing.grpc;

import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.Rating;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import dev.meterbook.proto.type.v1.Money;
import java.util.stream.Stream;

/** Stored ratings on the wire. */
final class RatingProtos {

    private RatingProtos() {}

    /** The ratings of one tenant in an event. */
    static Stream<Rating> ratings(long ratingPosition, UsageRated event, String tenant) {
        return event.getCallsList().stream()
                .filter(call -> tenant.equals(event.getTexts(call.getTenantText())))
                .map(call -> rating(ratingPosition, event, call, tenant));
    }

    private static Rating rating(
            long ratingPosition, UsageRated event, RatedCall call, String tenant) {
        Rating.Builder rating =
                Rating.newBuilder()
                        .setName("tenants/" + tenant + "/ratings/" + call.getUsagePosition())
                        .setUsagePosition(call.getUsagePosition())
                        .setRatingPosition(ratingPosition)
                        .setKind(event.getKind())
                        .setOccurTime(
                                Times.toProto(
                                        event.getBaseTimeMicros()
                                                + call.getOccurTimeOffsetMicros()))
                        .setProvider(event.getTexts(call.getProviderText()))
                        .setModel(event.getTexts(call.getModelText()))
                        .setUnpricedReason(call.getUnpricedReason());
        if (call.getUnpricedReason() == UnpricedReason.UNPRICED_REASON_UNSPECIFIED) {
            addAmounts(rating, event, call);
        }
        return rating.build();
    }

    private static void addAmounts(Rating.Builder rating, UsageRated event, RatedCall call) {
        String currency = event.getTexts(call.getCostCurrencyText());
        String billed = call.getBilledCost();
        rating.setContract(event.getTexts(call.getContractText()))
                .setPriceVersion(event.getTexts(call.getPriceVersionText()))
                .setPlan(event.getTexts(call.getPlanText()))
                .setExchangeRate(event.getTexts(call.getExchangeRateText()))
                .setBilledCost(BreakdownProtos.money(billed, currency))
                .setListCost(orBilled(call.getListCost(), billed, currency))
                .setContractedCost(orBilled(call.getContractedCost(), billed, currency))
                .setEffectiveCost(orBilled(call.getEffectiveCost(), billed, currency))
                .setCharge(
                        BreakdownProtos.money(
                                call.getCharge(), event.getTexts(call.getChargeCurrencyText())));
    }

    private static Money orBilled(String amount, String billed, String currency) {
        return BreakdownProtos.money(amount.isEmpty() ? billed : amount, currency);
    }

    /** True if a price computed anew is what was stored. */
    static boolean areEqual(Rating stored, PriceBreakdown anew) {
        return stored.getUnpricedReason() == anew.getUnpricedReason()
                && stored.getContract().equals(anew.getContract())
                && stored.getPriceVersion().equals(anew.getPriceVersion())
                && stored.getPlan().equals(anew.getPlan())
                && stored.getExchangeRate().equals(anew.getExchangeRate())
                && stored.getListCost().equals(anew.getListCost())
                && stored.getBilledCost().equals(anew.getBilledCost())
                && stored.getCharge().equals(anew.getCharge());
    }
}
