package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.FixedPrices;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.PriceTable;
import dev.meterbook.pricing.domain.TableForm;
import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.proto.pricing.v1.LeafPrice;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.TierMultiplier;
import java.util.ArrayList;
import java.util.List;

/** Price tables as clients send them. */
final class PriceForms {

    private static final String TIER_PREFIX = "SERVICE_TIER_";

    private PriceForms() {}

    static List<PriceTable> tables(List<ModelPrices> messages, String path, Findings findings) {
        List<PriceTable> tables = new ArrayList<>();
        for (ModelPrices message : messages) {
            tables.add(table(message, path + "[" + tables.size() + "]", findings));
        }
        PriceChecks.checkUniqueModels(tables, path, findings);
        return tables;
    }

    private static PriceTable table(ModelPrices message, String path, Findings findings) {
        return PriceChecks.table(
                new TableForm(
                        message.getModel(),
                        message.getAliasesList(),
                        prices(message, path, findings),
                        message.getTierMultipliersList().stream().map(PriceForms::tier).toList()),
                path,
                findings);
    }

    private static List<TableForm.PriceForm> prices(
            ModelPrices message, String path, Findings findings) {
        List<TableForm.PriceForm> prices = new ArrayList<>();
        for (LeafPrice price : message.getPricesList()) {
            if (price.getFromInputTokens() != 0 && price.getAboveInputTokens() != 0) {
                findings.add(
                        "TWO_BANDS",
                        path + ".prices[" + prices.size() + "].from_input_tokens",
                        Long.toString(price.getFromInputTokens()),
                        "0, as above_input_tokens is told");
            }
            prices.add(price(price));
        }
        return prices;
    }

    /** A band includes its bound if it is above one token less. */
    private static long band(LeafPrice message) {
        return message.getFromInputTokens() == 0
                ? message.getAboveInputTokens()
                : message.getFromInputTokens() - 1;
    }

    private static TableForm.PriceForm price(LeafPrice message) {
        return new TableForm.PriceForm(
                Leaf.ofCode(message.getLeafValue())
                        .map(Leaf::id)
                        .orElse("number " + message.getLeafValue()),
                message.getAmount(),
                message.getPer() == 0
                        ? dev.meterbook.pricing.domain.LeafPrice.MILLION
                        : message.getPer(),
                band(message));
    }

    private static TableForm.TierForm tier(TierMultiplier message) {
        ServiceTier tier = message.getServiceTier();
        return new TableForm.TierForm(
                tier == ServiceTier.UNRECOGNIZED
                        ? "number " + message.getServiceTierValue()
                        : tier.name().substring(TIER_PREFIX.length()),
                message.getMultiplier());
    }

    static List<FixedPrices> fixed(
            List<dev.meterbook.proto.pricing.v1.FixedPrices> messages,
            String path,
            Findings findings) {
        List<FixedPrices> fixed = new ArrayList<>();
        for (dev.meterbook.proto.pricing.v1.FixedPrices message : messages) {
            String each = path + "[" + fixed.size() + "]";
            if (!message.getProvider().isEmpty()) {
                PriceChecks.provider(message.getProvider(), each + ".provider", findings);
            }
            fixed.add(
                    new FixedPrices(
                            message.getProvider(),
                            table(message.getPrices(), each + ".prices", findings)));
        }
        return fixed;
    }
}
