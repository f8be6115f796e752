package dev.meterbook.pricing.application.conformance;

import dev.meterbook.pricing.domain.charge.BlockPolicy;
import dev.meterbook.pricing.domain.charge.Blocks;
import dev.meterbook.pricing.domain.charge.Capacity;
import dev.meterbook.pricing.domain.charge.LinePart;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cases about started blocks, about sizes, and about price versions. */
final class BlockCases {

    private static final String CHARGED = "already_billed_blocks";

    private final RatingCase rated;
    private final CaseNode price;

    BlockCases(RatingCase rated) {
        this.rated = rated;
        this.price = rated.price();
    }

    /** {@code block}: one unit, or several with tiers of their own. */
    Got block() {
        price.only(Set.of("policy", "tiers", "units", "options"));
        if (!price.has("units")) {
            return left(lines("unit", price.children("tiers"), rated.quantity(), charged()));
        }
        CaseNode units = price.child("units");
        if (rated.node().has(CHARGED)) {
            rated.node().child(CHARGED).only(Set.copyOf(units.keys()));
        }
        List<LinePart> lines = new ArrayList<>();
        rated.node()
                .decimalsByKey("quantities")
                .forEach(
                        (unit, used) ->
                                lines.addAll(
                                        lines(unit, units.children(unit), used, charged(unit))));
        return left(lines);
    }

    private List<BigDecimal> charged() {
        return rated.node().decimals(CHARGED);
    }

    private List<BigDecimal> charged(String unit) {
        return rated.node().has(CHARGED) ? rated.node().child(CHARGED).decimals(unit) : List.of();
    }

    private List<LinePart> lines(
            String unit, List<CaseNode> tiers, BigDecimal quantity, List<BigDecimal> charged) {
        Blocks blocks =
                ChargeReader.blocks(
                        unit,
                        price.choice("policy", BlockPolicy.class, BlockPolicy.ALL_TIERS),
                        tiers);
        return blocks.linesAfter(quantity, charged);
    }

    /** What was not billed before; nothing is given back. */
    private Got left(List<LinePart> lines) {
        BigDecimal sum =
                lines.stream().map(LinePart::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Got.of(
                rated.finished(sum)
                        .subtract(rated.node().decimal("already_billed", BigDecimal.ZERO))
                        .max(BigDecimal.ZERO),
                lines.stream().map(GotLine::of).toList());
    }

    /** {@code versions}: tiers start anew where the price version changes. */
    Got versions() {
        price.only(Set.of("versions", "policy", "options"));
        CaseNode versions = price.child("versions");
        return left(
                rated.node().children("segments").stream()
                        .flatMap(
                                segment ->
                                        lines(
                                                "unit",
                                                versions.children(segment.text("version")),
                                                segment.decimal("quantity"),
                                                List.of())
                                                .stream())
                        .toList());
    }

    /** {@code capacity}: the first size that holds all units. */
    Got capacity() {
        price.only(Set.of("tiers", "options"));
        Capacity capacity =
                new Capacity(price.children("tiers").stream().map(BlockCases::size).toList());
        BigDecimal amount = capacity.amount(rated.node().decimalsByKey("quantities"));
        BigDecimal before = rated.node().decimal("already_billed", BigDecimal.ZERO);
        return Got.of(amount.subtract(before).max(BigDecimal.ZERO));
    }

    private static Capacity.Tier size(CaseNode tier) {
        Map<String, BigDecimal> limits = new LinkedHashMap<>();
        tier.decimalsByKey("limits")
                .forEach(
                        (unit, limit) -> {
                            if (limit.signum() >= 0) {
                                limits.put(unit, limit);
                            }
                        });
        return new Capacity.Tier(tier.decimal("amount"), limits);
    }
}
