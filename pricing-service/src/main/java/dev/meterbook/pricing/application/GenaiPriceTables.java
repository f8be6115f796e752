package dev.meterbook.pricing.application;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meterbook.kernel.usage.UsageUnit;
import dev.meterbook.pricing.domain.LeafPrice;
import dev.meterbook.pricing.domain.PriceChecks;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Price tables of the genai-prices form: an amount by price key, or {@code {base, tiers: [{start,
 * price}]}}, where a tier holds for the whole call if it has more input tokens than {@code start}.
 */
final class GenaiPriceTables {

    private static final int MAX_BANDS = 20;

    /** Amounts come from binary fractions, so they may be long. */
    private static final int MAX_DIGITS_AFTER = 24;

    private static final int MAX_DIGITS_BEFORE = 12;

    private final JsonSheet sheet;

    GenaiPriceTables(JsonSheet sheet) {
        this.sheet = sheet;
    }

    List<LeafPrice> read(JsonNode node, String path) {
        List<LeafPrice> prices = new ArrayList<>();
        if (!node.isObject()) {
            sheet.findings()
                    .add("NOT_AN_OBJECT", path, node.getNodeType().name(), "prices by unit");
        }
        node.fieldNames()
                .forEachRemaining(
                        key -> add(key, node.path(key), JsonSheet.below(path, key), prices));
        if (prices.size() > PriceChecks.MAX_PRICES) {
            PriceChecks.tooMany(path, prices.size(), PriceChecks.MAX_PRICES, sheet.findings());
        }
        return prices;
    }

    private void add(String key, JsonNode value, String path, List<LeafPrice> prices) {
        Optional<UsageUnit> unit = UsageUnit.ofPriceKey(key);
        if (unit.isEmpty()) {
            sheet.findings().add("UNKNOWN_UNIT", path, key, "a price key such as input_mtok");
        } else if (value.isObject()) {
            addBands(unit.get(), value, path, prices);
        } else {
            prices.add(price(unit.get(), value, 0, path));
        }
    }

    private void addBands(UsageUnit unit, JsonNode value, String path, List<LeafPrice> prices) {
        sheet.checkFields(value, path, Set.of("base", "tiers"));
        prices.add(price(unit, value.path("base"), 0, path + ".base"));
        Set<Long> starts = new HashSet<>();
        List<JsonNode> tiers = sheet.list(value, path, "tiers", MAX_BANDS);
        for (int i = 0; i < tiers.size(); i++) {
            String here = path + ".tiers[" + i + "]";
            sheet.checkFields(tiers.get(i), here, Set.of("start", "price"));
            long start = sheet.number(tiers.get(i), here, "start", -1);
            if (start < 1 || start > PriceChecks.MAX_BAND) {
                sheet.findings()
                        .add(
                                "INVALID_BAND",
                                here + ".start",
                                Long.toString(start),
                                "1 to " + PriceChecks.MAX_BAND);
            } else if (!starts.add(start)) {
                sheet.findings()
                        .add(
                                "DUPLICATE_PRICE",
                                here + ".start",
                                Long.toString(start),
                                "each start once");
            }
            prices.add(price(unit, tiers.get(i).path("price"), start, here + ".price"));
        }
    }

    private LeafPrice price(UsageUnit unit, JsonNode value, long above, String path) {
        BigDecimal amount = BigDecimal.ZERO;
        if (!value.isNumber()) {
            sheet.findings().add("NOT_A_NUMBER", path, value.toString(), "an amount");
        } else {
            amount = value.decimalValue();
            if (amount.signum() < 0) {
                sheet.findings()
                        .add("NEGATIVE_PRICE", path, value.asText(), "0 or more; 0 means free");
            } else if (amount.scale() > MAX_DIGITS_AFTER
                    || amount.precision() - amount.scale() > MAX_DIGITS_BEFORE) {
                sheet.findings()
                        .add(
                                "PRICE_OUT_OF_RANGE",
                                path,
                                value.asText(),
                                "at most 12 digits before and 24 after the point");
            }
        }
        return new LeafPrice(unit.leaf(), amount, unit.per(), above);
    }
}
