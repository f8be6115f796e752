package dev.meterbook.pricing.axon;

import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.FixedPrices;
import dev.meterbook.pricing.domain.LeafPrice;
import dev.meterbook.pricing.domain.PriceTable;
import dev.meterbook.pricing.domain.ServiceTier;
import dev.meterbook.pricing.domain.TermOwner;
import dev.meterbook.pricing.domain.UnpricedReason;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.TierMultiplier;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** Price tables as messages, the same in events and answers: equal tables have equal bytes. */
public final class PriceMessages {

    private PriceMessages() {}

    /** A table as message. */
    public static ModelPrices toProto(PriceTable table) {
        ModelPrices.Builder message =
                ModelPrices.newBuilder().setModel(table.model()).addAllAliases(table.aliases());
        for (LeafPrice price : table.prices()) {
            message.addPrices(
                    dev.meterbook.proto.pricing.v1.LeafPrice.newBuilder()
                            .setLeafValue(price.leaf().code())
                            .setAmount(Decimals.plain(price.amount()))
                            .setPer(price.per())
                            .setAboveInputTokens(price.aboveInputTokens()));
        }
        for (ServiceTier tier : ServiceTier.values()) {
            BigDecimal multiplier = table.multipliers().get(tier);
            if (multiplier != null) {
                message.addTierMultipliers(
                        TierMultiplier.newBuilder()
                                .setServiceTier(toProto(tier))
                                .setMultiplier(Decimals.plain(multiplier)));
            }
        }
        return message.build();
    }

    /**
     * A table that was stored.
     *
     * @throws IllegalArgumentException if it has a kind or tier that this version does not know
     */
    public static PriceTable fromStored(ModelPrices message) {
        Map<ServiceTier, BigDecimal> multipliers = new EnumMap<>(ServiceTier.class);
        for (TierMultiplier each : message.getTierMultipliersList()) {
            multipliers.put(fromProto(each.getServiceTier()), new BigDecimal(each.getMultiplier()));
        }
        return new PriceTable(
                message.getModel(),
                message.getAliasesList(),
                message.getPricesList().stream().map(PriceMessages::fromStored).toList(),
                multipliers);
    }

    private static LeafPrice fromStored(dev.meterbook.proto.pricing.v1.LeafPrice message) {
        Leaf leaf =
                Leaf.ofCode(message.getLeafValue())
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "leaf: "
                                                        + message.getLeafValue()
                                                        + " (expected: a kind of quantity)"));
        return new LeafPrice(
                leaf,
                new BigDecimal(message.getAmount()),
                message.getPer(),
                message.getAboveInputTokens());
    }

    /** Fixed prices as message. */
    public static dev.meterbook.proto.pricing.v1.FixedPrices toProto(FixedPrices fixed) {
        return dev.meterbook.proto.pricing.v1.FixedPrices.newBuilder()
                .setProvider(fixed.provider())
                .setPrices(toProto(fixed.table()))
                .build();
    }

    /** Fixed prices that were stored. */
    static FixedPrices fromStored(dev.meterbook.proto.pricing.v1.FixedPrices message) {
        return new FixedPrices(message.getProvider(), fromStored(message.getPrices()));
    }

    private static dev.meterbook.proto.metering.v1.ServiceTier toProto(ServiceTier tier) {
        return switch (tier) {
            case STANDARD -> dev.meterbook.proto.metering.v1.ServiceTier.SERVICE_TIER_STANDARD;
            case BATCH -> dev.meterbook.proto.metering.v1.ServiceTier.SERVICE_TIER_BATCH;
            case FLEX -> dev.meterbook.proto.metering.v1.ServiceTier.SERVICE_TIER_FLEX;
            case PRIORITY -> dev.meterbook.proto.metering.v1.ServiceTier.SERVICE_TIER_PRIORITY;
        };
    }

    /** The tier of a message; not told means standard. */
    public static ServiceTier fromProto(dev.meterbook.proto.metering.v1.ServiceTier tier) {
        return switch (tier) {
            case SERVICE_TIER_UNSPECIFIED, SERVICE_TIER_STANDARD -> ServiceTier.STANDARD;
            case SERVICE_TIER_BATCH -> ServiceTier.BATCH;
            case SERVICE_TIER_FLEX -> ServiceTier.FLEX;
            case SERVICE_TIER_PRIORITY -> ServiceTier.PRIORITY;
            case UNRECOGNIZED ->
                    throw new IllegalArgumentException(
                            "service_tier: unknown (expected: STANDARD, BATCH, FLEX, PRIORITY)");
        };
    }

    /** Whose a rule or term is, as message. */
    public static dev.meterbook.proto.pricing.v1.TermOwner owner(String owner) {
        return TermOwner.isPlan(owner)
                ? dev.meterbook.proto.pricing.v1.TermOwner.TERM_OWNER_PLAN
                : dev.meterbook.proto.pricing.v1.TermOwner.TERM_OWNER_CONTRACT;
    }

    /** A reason as message. */
    public static dev.meterbook.proto.pricing.v1.UnpricedReason toProto(UnpricedReason reason) {
        return switch (reason) {
            case UNKNOWN_MODEL ->
                    dev.meterbook.proto.pricing.v1.UnpricedReason.UNPRICED_REASON_UNKNOWN_MODEL;
            case NO_PRICE_FOR_LEAF ->
                    dev.meterbook.proto.pricing.v1.UnpricedReason.UNPRICED_REASON_NO_PRICE_FOR_LEAF;
            case NO_PLAN -> dev.meterbook.proto.pricing.v1.UnpricedReason.UNPRICED_REASON_NO_PLAN;
        };
    }
}
