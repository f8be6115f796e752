package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.axon.VolumeMessages;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.LeafPrice;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.TermChecks;
import dev.meterbook.pricing.domain.VolumeChecks;
import dev.meterbook.pricing.domain.VolumePeriod;
import dev.meterbook.pricing.domain.VolumeRule;
import dev.meterbook.pricing.domain.charge.PackageRounding;
import dev.meterbook.proto.pricing.v1.PackagePrice;
import dev.meterbook.proto.pricing.v1.PriceTier;
import dev.meterbook.proto.pricing.v1.TieredPrice;
import java.util.ArrayList;
import java.util.List;

/** Rules on running quantities as clients send them. */
final class VolumeForms {

    private VolumeForms() {}

    /**
     * Rules of a contract or plan.
     *
     * @param path of the list
     */
    static List<VolumeRule> rules(
            List<dev.meterbook.proto.pricing.v1.VolumeRule> messages,
            String path,
            Findings findings) {
        List<VolumeRule> rules =
                TermForms.each(messages, VolumeChecks.MAX_RULES, path, findings, VolumeForms::rule);
        VolumeChecks.checkUnique(rules, path, findings);
        return rules;
    }

    private static VolumeRule rule(
            dev.meterbook.proto.pricing.v1.VolumeRule message, String path, Findings findings) {
        return new VolumeRule(
                PriceChecks.name(message.getId(), "INVALID_RULE_ID", path + ".id", findings),
                TermChecks.models(message.getModel(), path + ".model", findings),
                VolumeChecks.leaves(
                        message.getLeavesValueList().stream().map(Leaf::ofCode).toList(),
                        path + ".leaves",
                        findings),
                period(message.getPeriod(), message.getPeriodValue(), path + ".period", findings),
                VolumeChecks.quantity(
                        message.getFreeQuantity(), 0, path + ".free_quantity", findings),
                price(message, path, findings));
    }

    static VolumePeriod period(
            dev.meterbook.proto.pricing.v1.VolumePeriod period,
            int value,
            String path,
            Findings findings) {
        if (period == dev.meterbook.proto.pricing.v1.VolumePeriod.UNRECOGNIZED) {
            findings.add(
                    "UNKNOWN_PERIOD", path, Integer.toString(value), "MONTH, YEAR or CONTRACT");
            return VolumePeriod.MONTH;
        }
        return VolumeMessages.period(period);
    }

    private static VolumeRule.Price price(
            dev.meterbook.proto.pricing.v1.VolumeRule message, String path, Findings findings) {
        return switch (message.getPriceCase()) {
            case PRICE_NOT_SET -> ofTable(message, path, findings);
            case GRADUATED ->
                    tiered(
                            VolumeRule.Mode.GRADUATED,
                            message.getGraduated(),
                            path + ".graduated",
                            findings);
            case WHOLE_VOLUME ->
                    tiered(
                            VolumeRule.Mode.WHOLE_VOLUME,
                            message.getWholeVolume(),
                            path + ".whole_volume",
                            findings);
            case PACKAGES -> packaged(message.getPackages(), path + ".packages", findings);
        };
    }

    private static VolumeRule.Price ofTable(
            dev.meterbook.proto.pricing.v1.VolumeRule message, String path, Findings findings) {
        if (message.getFreeQuantity() == 0) {
            findings.add("EMPTY_RULE", path, message.getId(), "a free quantity, tiers or packages");
        }
        return new VolumeRule.OfTable();
    }

    private static VolumeRule.Tiered tiered(
            VolumeRule.Mode mode, TieredPrice message, String path, Findings findings) {
        long per =
                message.getPer() == 0
                        ? LeafPrice.MILLION
                        : VolumeChecks.per(message.getPer(), path + ".per", findings);
        List<VolumeRule.TierPrice> tiers = new ArrayList<>();
        for (PriceTier tier : message.getTiersList()) {
            String each = path + ".tiers[" + tiers.size() + "]";
            tiers.add(
                    new VolumeRule.TierPrice(
                            tier.getUpTo() == 0 ? null : tier.getUpTo(),
                            VolumeChecks.amount(tier.getAmount(), each + ".amount", findings),
                            VolumeChecks.amount(
                                    tier.getFlatAmount(), each + ".flat_amount", findings)));
        }
        return new VolumeRule.Tiered(
                mode, per, VolumeChecks.tiers(tiers, per, path + ".tiers", findings));
    }

    private static VolumeRule.Packaged packaged(
            PackagePrice message, String path, Findings findings) {
        boolean isKnown = message.getRounding() != PackagePrice.Rounding.UNRECOGNIZED;
        if (!isKnown) {
            findings.add(
                    "UNKNOWN_ROUNDING",
                    path + ".rounding",
                    Integer.toString(message.getRoundingValue()),
                    "UP or DOWN");
        }
        return new VolumeRule.Packaged(
                VolumeChecks.quantity(message.getSize(), 1, path + ".size", findings),
                VolumeChecks.amount(message.getAmount(), path + ".amount", findings),
                isKnown ? VolumeMessages.rounding(message.getRounding()) : PackageRounding.UP);
    }
}
