package dev.meterbook.pricing.application.conformance;

import dev.meterbook.pricing.domain.charge.Adjustments;
import dev.meterbook.pricing.domain.charge.Block;
import dev.meterbook.pricing.domain.charge.BlockPolicy;
import dev.meterbook.pricing.domain.charge.Blocks;
import dev.meterbook.pricing.domain.charge.Charge;
import dev.meterbook.pricing.domain.charge.ChargeModel;
import dev.meterbook.pricing.domain.charge.ChargeOptions;
import dev.meterbook.pricing.domain.charge.FeeDue;
import dev.meterbook.pricing.domain.charge.Flat;
import dev.meterbook.pricing.domain.charge.Graduated;
import dev.meterbook.pricing.domain.charge.Markup;
import dev.meterbook.pricing.domain.charge.PackageRounding;
import dev.meterbook.pricing.domain.charge.Packages;
import dev.meterbook.pricing.domain.charge.PerUnit;
import dev.meterbook.pricing.domain.charge.Tiers;
import dev.meterbook.pricing.domain.charge.UnitConversion;
import dev.meterbook.pricing.domain.charge.Volume;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the price of a case. */
final class ChargeReader {

    /** Models with a price for a quantity of one period. */
    static final Set<String> MODELS =
            Set.of(
                    "unit",
                    "flat",
                    "dynamic",
                    "graduated",
                    "graduated_percentage",
                    "volume",
                    "package");

    /** What a price of such a model may name. */
    static final Set<String> FIELDS =
            Set.of(
                    "unit_amount",
                    "amount",
                    "due",
                    "multiplier",
                    "tiers",
                    "package_size",
                    "rounding",
                    "unit_conversion",
                    "free_quantity",
                    "discount_percent",
                    "maximum",
                    "minimum",
                    "round",
                    "tax_percent",
                    "options");

    private static final BigDecimal CENT = new BigDecimal("0.01");

    private final ChargeOptions options;

    ChargeReader(ChargeOptions options) {
        this.options = options;
    }

    Charge charge(String model, CaseNode price) {
        return new Charge(
                model(model, price),
                conversion(price),
                price.decimal("free_quantity", BigDecimal.ZERO),
                new Adjustments(
                        price.decimal("discount_percent", BigDecimal.ZERO),
                        price.optional("maximum"),
                        price.optional("minimum")),
                options.rounding());
    }

    /** The model that the fields of a price belong to, where the price does not name one. */
    static String modelOf(CaseNode price) {
        if (price.has("tiers")) {
            return "graduated";
        }
        return price.has("package_size") ? "package" : "unit";
    }

    ChargeModel model(String name, CaseNode price) {
        return switch (name) {
            case "unit" -> new PerUnit(price.decimal("unit_amount"));
            case "flat" ->
                    new Flat(
                            price.decimal("amount"),
                            price.choice("due", FeeDue.class, FeeDue.IN_ADVANCE));
            case "dynamic" -> new Markup(price.decimal("multiplier", CENT));
            case "graduated", "graduated_percentage" -> new Graduated(tiers(price), options);
            case "volume" -> new Volume(tiers(price), options);
            case "package" ->
                    new Packages(
                            price.decimal("package_size"),
                            price.decimal("amount"),
                            price.choice("rounding", PackageRounding.class, PackageRounding.UP));
            default ->
                    throw CaseRefused.unsupported(
                            "UNKNOWN_MODEL",
                            "rates",
                            name,
                            "one of " + String.join(", ", MODELS.stream().sorted().toList()));
        };
    }

    private Tiers tiers(CaseNode price) {
        return Tiers.of(
                options.tierEnd(),
                price.children("tiers").stream().map(ChargeReader::step).toList());
    }

    private static Tiers.Step step(CaseNode tier) {
        tier.only(Set.of("from", "up_to", "unit_amount", "flat_amount", "rate_percent"));
        BigDecimal percent = tier.optional("rate_percent");
        return new Tiers.Step(
                tier.optional("from"),
                tier.optional("up_to"),
                percent == null ? tier.optional("unit_amount") : percent.movePointLeft(2),
                tier.optional("flat_amount"));
    }

    private static UnitConversion conversion(CaseNode price) {
        if (!price.has("unit_conversion")) {
            return UnitConversion.NONE;
        }
        CaseNode conversion =
                price.child("unit_conversion").only(Set.of("operation", "factor", "rounding"));
        return new UnitConversion(
                conversion.choice("operation", UnitConversion.Operation.class, null),
                conversion.decimal("factor"),
                conversion.choice(
                        "rounding", UnitConversion.Rounding.class, UnitConversion.Rounding.NONE));
    }

    static Blocks blocks(String unit, BlockPolicy policy, List<CaseNode> tiers) {
        return new Blocks(unit, policy, tiers.stream().map(ChargeReader::block).toList());
    }

    private static Block block(CaseNode tier) {
        tier.only(Set.of("block_size", "max_blocks", "amount"));
        return new Block(
                tier.decimal("block_size"),
                unlessNegative(tier.optional("max_blocks")),
                tier.decimal("amount"));
    }

    /** A number below 0 stands for no limit. */
    static @Nullable BigDecimal unlessNegative(@Nullable BigDecimal limit) {
        return limit == null || limit.signum() < 0 ? null : limit;
    }
}
