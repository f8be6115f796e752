package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.domain.PriceSource;
import dev.meterbook.pricing.domain.Rating.Rated;
import dev.meterbook.pricing.domain.RunningQuantities;
import dev.meterbook.pricing.domain.SpendKey;
import dev.meterbook.pricing.domain.StandingRating;
import dev.meterbook.pricing.domain.VolumeKey;
import dev.meterbook.pricing.intake.StoredRatings;
import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.Rating;
import dev.meterbook.proto.pricing.v1.RuleCount;
import dev.meterbook.proto.pricing.v1.TermOwner;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import dev.meterbook.proto.type.v1.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Stored ratings on the wire. */
final class RatingProtos {

    private RatingProtos() {}

    /** The ratings of one tenant in an event. */
    static Stream<Rating> ratings(StoredEvent stored, String tenant) {
        UsageRated event = StoredRatings.event(stored);
        return event.getCallsList().stream()
                .filter(call -> tenant.equals(event.getTexts(call.getTenantText())))
                .map(call -> rating(stored, event, call, tenant));
    }

    private static Rating rating(
            StoredEvent stored, UsageRated event, RatedCall call, String tenant) {
        Rating.Builder rating =
                Rating.newBuilder()
                        .setName("tenants/" + tenant + "/ratings/" + call.getUsagePosition())
                        .setUsagePosition(call.getUsagePosition())
                        .setRatingPosition(stored.position())
                        .setRecordTime(Times.toProto(stored.recordTime()))
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
                .addAllRuleCounts(counts(event, call))
                .addAllSpendCounts(SpendProtos.counts(event, call))
                .setExchangeRate(event.getTexts(call.getExchangeRateText()))
                .setBilledCost(BreakdownProtos.money(billed, currency))
                .setListCost(orBilled(call.getListCost(), billed, currency))
                .setContractedCost(orBilled(call.getContractedCost(), billed, currency))
                .setEffectiveCost(orBilled(call.getEffectiveCost(), billed, currency))
                .setCharge(
                        BreakdownProtos.money(
                                call.getCharge(), event.getTexts(call.getChargeCurrencyText())));
    }

    private static List<RuleCount> counts(UsageRated event, RatedCall call) {
        List<RuleCount> counts = new ArrayList<>();
        for (int i = 0; i < call.getRuleTextsCount(); i++) {
            counts.add(
                    RuleCount.newBuilder()
                            .setRule(event.getTexts(call.getRuleTexts(i)))
                            .setQuantityBefore(call.getRuleQuantitiesBefore(i))
                            .setQuantity(call.getRuleQuantities(i))
                            .setOwner(StoredRatings.ofRule(call, i))
                            .build());
        }
        return counts;
    }

    /** What was counted before a call, as its rating says. */
    static RunningQuantities before(Rating rating) {
        return new RunningQuantities() {
            @Override
            public long before(VolumeKey key) {
                TermOwner owner = PriceMessages.owner(key.owner());
                return rating.getRuleCountsList().stream()
                        .filter(
                                count ->
                                        count.getRule().equals(key.rule())
                                                && count.getOwner() == owner)
                        .mapToLong(RuleCount::getQuantityBefore)
                        .findFirst()
                        .orElse(0);
            }

            @Override
            public BigDecimal spendBefore(SpendKey key) {
                return SpendProtos.before(rating.getSpendCountsList(), key);
            }
        };
    }

    private static Money orBilled(String amount, String billed, String currency) {
        return BreakdownProtos.money(amount.isEmpty() ? billed : amount, currency);
    }

    /**
     * What ratings of one call come to: the last one, with the differences of corrections added.
     *
     * @param ratings in the order made, at least one
     */
    static Rating standing(List<Rating> ratings) {
        Rating last = ratings.getLast();
        return StandingRating.of(
                        ratings.stream()
                                .filter(Rating::hasBilledCost)
                                .map(RatingProtos::fromProto)
                                .toList())
                .map(standing -> with(last, standing))
                .orElse(last);
    }

    private static Rating with(Rating last, Rated standing) {
        CurrencyCode currency = standing.source().currency();
        BigDecimal list = standing.listCost();
        Money billed = BreakdownProtos.money(standing.billedCost(), currency);
        return last.toBuilder()
                .setListCost(list == null ? billed : BreakdownProtos.money(list, currency))
                .setContractedCost(billed)
                .setBilledCost(billed)
                .setEffectiveCost(billed)
                .setCharge(BreakdownProtos.money(standing.charge(), standing.chargeCurrency()))
                .build();
    }

    private static Rated fromProto(Rating rating) {
        return new Rated(
                new PriceSource(
                        rating.getContract(),
                        rating.getPriceVersion(),
                        CurrencyCode.of(rating.getBilledCost().getCurrencyCode())),
                new BigDecimal(rating.getBilledCost().getAmount()),
                new BigDecimal(rating.getListCost().getAmount()),
                rating.getPlan(),
                CurrencyCode.of(rating.getCharge().getCurrencyCode()),
                new BigDecimal(rating.getCharge().getAmount()));
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
