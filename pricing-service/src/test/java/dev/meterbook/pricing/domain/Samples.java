package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.PricingCommand.CreateContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Prices, contracts and plans that tests speak of. */
public final class Samples {

    public static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private Samples() {}

    public static LeafPrice price(Leaf leaf, String amount) {
        return new LeafPrice(leaf, new BigDecimal(amount), LeafPrice.MILLION, 0);
    }

    public static PriceTable table(String model, String input, String output) {
        return PriceTable.of(model, List.of(price(Leaf.INPUT, input), price(Leaf.OUTPUT, output)));
    }

    public static PriceVersion version(String id, Instant from, PriceTable... tables) {
        return new PriceVersion(id, Validity.from(from), List.of(tables));
    }

    public static CreateContract contract(String id, String provider, PriceVersion... versions) {
        return new CreateContract(
                id, provider, CurrencyCode.USD, Validity.from(NEW_YEAR), List.of(versions));
    }

    public static PlanVersion plan(Instant from, String markup) {
        return new PlanVersion(
                0, Validity.from(from), new BigDecimal(markup), CurrencyCode.USD, List.of());
    }
}
