package dev.meterbook.pricing.axon;

import dev.meterbook.kernel.Decimals;
import dev.meterbook.pricing.domain.ContractTerms;
import dev.meterbook.pricing.domain.Discount;
import dev.meterbook.pricing.domain.ModelPattern;
import dev.meterbook.pricing.domain.RegionSurcharge;
import dev.meterbook.pricing.domain.TimeBand;
import dev.meterbook.proto.pricing.v1.DiscountBasis;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneId;

/** Terms of contracts as messages, the same in events and answers. */
public final class TermMessages {

    private static final String END_OF_DAY = "24:00";

    private TermMessages() {}

    /** Terms as message. */
    public static dev.meterbook.proto.pricing.v1.ContractTerms toProto(ContractTerms terms) {
        return dev.meterbook.proto.pricing.v1.ContractTerms.newBuilder()
                .addAllDiscounts(terms.discounts().stream().map(TermMessages::toProto).toList())
                .addAllRegionSurcharges(
                        terms.surcharges().stream().map(TermMessages::toProto).toList())
                .addAllTimeBands(terms.timeBands().stream().map(TermMessages::toProto).toList())
                .addAllVolumeRules(
                        terms.volumeRules().stream().map(VolumeMessages::toProto).toList())
                .addAllSpendTerms(terms.spendTerms().stream().map(SpendMessages::toProto).toList())
                .build();
    }

    private static dev.meterbook.proto.pricing.v1.Discount toProto(Discount discount) {
        return dev.meterbook.proto.pricing.v1.Discount.newBuilder()
                .setBasis(
                        switch (discount.basis()) {
                            case CONTRACT_PRICE -> DiscountBasis.DISCOUNT_BASIS_CONTRACT_PRICE;
                            case LIST_PRICE -> DiscountBasis.DISCOUNT_BASIS_LIST_PRICE;
                        })
                .setModel(discount.models().text())
                .setPercent(Decimals.plain(discount.percent()))
                .build();
    }

    private static dev.meterbook.proto.pricing.v1.RegionSurcharge toProto(RegionSurcharge each) {
        return dev.meterbook.proto.pricing.v1.RegionSurcharge.newBuilder()
                .setRegion(each.regions().text())
                .setModel(each.models().text())
                .setPercent(Decimals.plain(each.percent()))
                .build();
    }

    private static dev.meterbook.proto.pricing.v1.TimeBand toProto(TimeBand band) {
        return dev.meterbook.proto.pricing.v1.TimeBand.newBuilder()
                .setStart(band.start())
                .setEnd(band.end())
                .setTimeZone(band.zone().getId())
                .setModel(band.models().text())
                .setMultiplier(Decimals.plain(band.multiplier()))
                .build();
    }

    /** Terms that were stored. */
    static ContractTerms fromStored(dev.meterbook.proto.pricing.v1.ContractTerms message) {
        return new ContractTerms(
                message.getDiscountsList().stream().map(TermMessages::fromStored).toList(),
                message.getRegionSurchargesList().stream().map(TermMessages::fromStored).toList(),
                message.getTimeBandsList().stream().map(TermMessages::fromStored).toList(),
                message.getVolumeRulesList().stream().map(VolumeMessages::fromStored).toList(),
                message.getSpendTermsList().stream().map(SpendMessages::fromStored).toList());
    }

    private static Discount fromStored(dev.meterbook.proto.pricing.v1.Discount message) {
        return new Discount(
                basis(message.getBasis()),
                new ModelPattern(message.getModel()),
                new BigDecimal(message.getPercent()));
    }

    /** The basis of a message; not told means the contract's own prices. */
    public static Discount.Basis basis(DiscountBasis basis) {
        return switch (basis) {
            case DISCOUNT_BASIS_UNSPECIFIED, DISCOUNT_BASIS_CONTRACT_PRICE ->
                    Discount.Basis.CONTRACT_PRICE;
            case DISCOUNT_BASIS_LIST_PRICE -> Discount.Basis.LIST_PRICE;
            case UNRECOGNIZED ->
                    throw new IllegalArgumentException(
                            "basis: unknown (expected: CONTRACT_PRICE or LIST_PRICE)");
        };
    }

    private static RegionSurcharge fromStored(
            dev.meterbook.proto.pricing.v1.RegionSurcharge message) {
        return new RegionSurcharge(
                new ModelPattern(message.getRegion()),
                new ModelPattern(message.getModel()),
                new BigDecimal(message.getPercent()));
    }

    private static TimeBand fromStored(dev.meterbook.proto.pricing.v1.TimeBand message) {
        return new TimeBand(
                new ModelPattern(message.getModel()),
                ZoneId.of(message.getTimeZone()),
                LocalTime.parse(message.getStart()).toSecondOfDay(),
                message.getEnd().equals(END_OF_DAY)
                        ? TimeBand.SECONDS_OF_DAY
                        : LocalTime.parse(message.getEnd()).toSecondOfDay(),
                new BigDecimal(message.getMultiplier()));
    }
}
