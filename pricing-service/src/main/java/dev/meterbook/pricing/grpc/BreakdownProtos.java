package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.domain.Breakdown;
import dev.meterbook.pricing.domain.ExchangeRate;
import dev.meterbook.pricing.domain.Factor;
import dev.meterbook.pricing.domain.LeafPrice;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.UnitPrice;
import dev.meterbook.pricing.domain.charge.LinePart;
import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.PriceFactor;
import dev.meterbook.proto.pricing.v1.PriceLine;
import dev.meterbook.proto.pricing.v1.PricePart;
import dev.meterbook.proto.type.v1.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Explanations of a price on the wire. */
final class BreakdownProtos {

    private BreakdownProtos() {}

    static PriceBreakdown toProto(Breakdown breakdown) {
        PriceBreakdown.Builder message = PriceBreakdown.newBuilder();
        switch (breakdown.rating()) {
            case Rating.Unpriced unpriced ->
                    message.setUnpricedReason(PriceMessages.toProto(unpriced.reason()))
                            .setUnpricedLeafValue(code(unpriced.leaf()));
            case Rating.Rated rated -> {
                addAmounts(message, rated);
                message.setTable(breakdown.table())
                        .setMarkupPercent(Decimals.plain(breakdown.markupPercent()));
                breakdown.lines().forEach(line -> message.addLines(toProto(line)));
                breakdown.factors().forEach(factor -> message.addFactors(toProto(factor)));
                breakdown
                        .spendLines()
                        .forEach(
                                line ->
                                        message.addSpendLines(
                                                SpendProtos.toProto(line, rated.chargeCurrency())));
            }
        }
        return message.build();
    }

    private static void addAmounts(PriceBreakdown.Builder message, Rating.Rated rated) {
        CurrencyCode currency = rated.source().currency();
        BigDecimal list = rated.listCost() == null ? rated.billedCost() : rated.listCost();
        message.setContract(rated.source().contract())
                .setPriceVersion(rated.source().version())
                .setPlan(rated.plan())
                .setListCost(money(list, currency))
                .setBilledCost(money(rated.billedCost(), currency))
                .setCharge(money(rated.charge(), rated.chargeCurrency()));
        ExchangeRate rate = rated.exchangeRate();
        if (rate != null) {
            message.setExchangeRate(rate.id()).setExchangeRateValue(Decimals.plain(rate.rate()));
        }
    }

    private static PriceFactor toProto(Factor factor) {
        return PriceFactor.newBuilder()
                .setRule(factor.rule())
                .setFactor(Decimals.plain(factor.value()))
                .build();
    }

    private static PriceLine toProto(Breakdown.Line line) {
        PriceLine.Builder message =
                PriceLine.newBuilder()
                        .setLeafValue(line.leaf().code())
                        .setQuantity(line.quantity())
                        .setAmount(Decimals.plain(line.amount()))
                        .setCharge(Decimals.plain(line.charge()));
        UnitPrice price = line.price();
        if (price != null) {
            addPrice(message, price);
        }
        UnitPrice fixed = line.fixedPrice();
        if (fixed != null) {
            message.setFixedAmount(
                            Decimals.plain(fixed.price().amount().multiply(fixed.multiplier())))
                    .setFixedPer(fixed.price().per());
        }
        Breakdown.VolumeLine volume = line.volume();
        if (volume != null) {
            message.setRule(volume.rule()).setQuantityBefore(volume.before());
            volume.parts().forEach(part -> message.addParts(toProto(part)));
        }
        Breakdown.VolumeLine plan = line.planVolume();
        if (plan != null) {
            message.setPlanRule(plan.rule()).setPlanQuantityBefore(plan.before());
            plan.parts().forEach(part -> message.addPlanParts(toProto(part)));
        }
        return message.build();
    }

    private static void addPrice(PriceLine.Builder message, UnitPrice unit) {
        LeafPrice price = unit.price();
        message.setPricedLeafValue(price.leaf().code())
                .setUnitAmount(Decimals.plain(price.amount()))
                .setPer(price.per())
                .setAboveInputTokens(price.aboveInputTokens())
                .setMultiplier(Decimals.plain(unit.multiplier()));
    }

    private static PricePart toProto(LinePart part) {
        BigDecimal unit = part.unitAmount();
        return PricePart.newBuilder()
                .setDescription(part.ref())
                .setQuantity(Decimals.plain(part.quantity()))
                .setUnitAmount(unit == null ? "" : Decimals.plain(unit))
                .setAmount(Decimals.plain(part.amount()))
                .build();
    }

    static Money money(BigDecimal amount, CurrencyCode currency) {
        return money(Decimals.plain(amount), currency.code());
    }

    static Money money(String amount, String currency) {
        return Money.newBuilder().setAmount(amount).setCurrencyCode(currency).build();
    }

    static int code(@Nullable Leaf leaf) {
        return leaf == null ? 0 : leaf.code();
    }
}
