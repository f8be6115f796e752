package dev.meterbook.pricing.axon;

import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.ModelPattern;
import dev.meterbook.pricing.domain.VolumePeriod;
import dev.meterbook.pricing.domain.VolumeRule;
import dev.meterbook.pricing.domain.charge.PackageRounding;
import dev.meterbook.proto.pricing.v1.PackagePrice;
import dev.meterbook.proto.pricing.v1.PriceTier;
import dev.meterbook.proto.pricing.v1.TieredPrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Rules on running quantities as messages, the same in events and answers. */
public final class VolumeMessages {

    private VolumeMessages() {}

    /** A rule as message. */
    public static dev.meterbook.proto.pricing.v1.VolumeRule toProto(VolumeRule rule) {
        var message =
                dev.meterbook.proto.pricing.v1.VolumeRule.newBuilder()
                        .setId(rule.id())
                        .setModel(rule.models().text())
                        .setPeriod(toProto(rule.period()))
                        .setFreeQuantity(rule.freeQuantity());
        rule.orderedLeaves().forEach(leaf -> message.addLeavesValue(leaf.code()));
        return switch (rule.price()) {
            case VolumeRule.OfTable _ -> message.build();
            case VolumeRule.Tiered tiered ->
                    switch (tiered.mode()) {
                        case GRADUATED -> message.setGraduated(toProto(tiered)).build();
                        case WHOLE_VOLUME -> message.setWholeVolume(toProto(tiered)).build();
                    };
            case VolumeRule.Packaged packaged -> message.setPackages(toProto(packaged)).build();
        };
    }

    static dev.meterbook.proto.pricing.v1.VolumePeriod toProto(VolumePeriod period) {
        return switch (period) {
            case MONTH -> dev.meterbook.proto.pricing.v1.VolumePeriod.VOLUME_PERIOD_MONTH;
            case YEAR -> dev.meterbook.proto.pricing.v1.VolumePeriod.VOLUME_PERIOD_YEAR;
            case CONTRACT -> dev.meterbook.proto.pricing.v1.VolumePeriod.VOLUME_PERIOD_CONTRACT;
        };
    }

    private static TieredPrice toProto(VolumeRule.Tiered tiered) {
        TieredPrice.Builder message = TieredPrice.newBuilder().setPer(tiered.per());
        for (VolumeRule.TierPrice tier : tiered.tiers()) {
            Long upTo = tier.upTo();
            message.addTiers(
                    PriceTier.newBuilder()
                            .setUpTo(upTo == null ? 0 : upTo)
                            .setAmount(Decimals.plain(tier.amount()))
                            .setFlatAmount(Decimals.plain(tier.flatAmount())));
        }
        return message.build();
    }

    private static PackagePrice toProto(VolumeRule.Packaged packaged) {
        return PackagePrice.newBuilder()
                .setSize(packaged.size())
                .setAmount(Decimals.plain(packaged.amount()))
                .setRounding(
                        switch (packaged.rounding()) {
                            case UP -> PackagePrice.Rounding.ROUNDING_UP;
                            case DOWN -> PackagePrice.Rounding.ROUNDING_DOWN;
                        })
                .build();
    }

    static VolumeRule fromStored(dev.meterbook.proto.pricing.v1.VolumeRule message) {
        return new VolumeRule(
                message.getId(),
                new ModelPattern(message.getModel()),
                message.getLeavesValueList().stream()
                        .map(code -> Leaf.ofCode(code).orElseThrow())
                        .collect(Collectors.toSet()),
                period(message.getPeriod()),
                message.getFreeQuantity(),
                price(message));
    }

    /** The period of a message; not told means a month. */
    public static VolumePeriod period(dev.meterbook.proto.pricing.v1.VolumePeriod period) {
        return switch (period) {
            case VOLUME_PERIOD_UNSPECIFIED, VOLUME_PERIOD_MONTH -> VolumePeriod.MONTH;
            case VOLUME_PERIOD_YEAR -> VolumePeriod.YEAR;
            case VOLUME_PERIOD_CONTRACT -> VolumePeriod.CONTRACT;
            case UNRECOGNIZED ->
                    throw new IllegalArgumentException(
                            "period: unknown (expected: MONTH, YEAR or CONTRACT)");
        };
    }

    /** The rounding of a message; not told means up. */
    public static PackageRounding rounding(PackagePrice.Rounding rounding) {
        return switch (rounding) {
            case ROUNDING_UNSPECIFIED, ROUNDING_UP -> PackageRounding.UP;
            case ROUNDING_DOWN -> PackageRounding.DOWN;
            case UNRECOGNIZED ->
                    throw new IllegalArgumentException("rounding: unknown (expected: UP or DOWN)");
        };
    }

    private static VolumeRule.Price price(dev.meterbook.proto.pricing.v1.VolumeRule message) {
        return switch (message.getPriceCase()) {
            case PRICE_NOT_SET -> new VolumeRule.OfTable();
            case GRADUATED -> tiered(VolumeRule.Mode.GRADUATED, message.getGraduated());
            case WHOLE_VOLUME -> tiered(VolumeRule.Mode.WHOLE_VOLUME, message.getWholeVolume());
            case PACKAGES ->
                    new VolumeRule.Packaged(
                            message.getPackages().getSize(),
                            new BigDecimal(message.getPackages().getAmount()),
                            rounding(message.getPackages().getRounding()));
        };
    }

    private static VolumeRule.Tiered tiered(VolumeRule.Mode mode, TieredPrice message) {
        List<VolumeRule.TierPrice> tiers =
                message.getTiersList().stream()
                        .map(
                                tier ->
                                        new VolumeRule.TierPrice(
                                                tier.getUpTo() == 0 ? null : tier.getUpTo(),
                                                new BigDecimal(tier.getAmount()),
                                                new BigDecimal(tier.getFlatAmount())))
                        .toList();
        return new VolumeRule.Tiered(mode, message.getPer(), tiers);
    }
}
