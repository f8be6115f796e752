package dev.meterbook.pricing.application.conformance;

import dev.meterbook.pricing.domain.charge.AmountRounding;
import dev.meterbook.pricing.domain.charge.BlockPolicy;
import dev.meterbook.pricing.domain.charge.Capacity;
import dev.meterbook.pricing.domain.charge.Charge;
import dev.meterbook.pricing.domain.charge.ChargeBill;
import dev.meterbook.pricing.domain.charge.ChargeModel;
import dev.meterbook.pricing.domain.charge.PeriodPart;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cases about started blocks, about sizes, and about price versions. */
final class BlockCases {

    private final RatingCase rated;
    private final CaseNode price;

    BlockCases(RatingCase rated) {
        this.rated = rated;
        this.price = rated.price();
    }

    /** {@code block}: one unit, or several with tiers of their own. */
    Got block() {
        price.only(Set.of("policy", "tiers", "units", "options"));
        if (rated.node().has("already_billed_blocks")) {
            throw CaseRefused.unsupported(
                    "BLOCKS_BILLED_BEFORE", "already_billed_blocks", "given", "already_billed");
        }
        if (!price.has("units")) {
            return left(List.of(bill("unit", price.children("tiers"), rated.quantity())));
        }
        CaseNode units = price.child("units");
        List<ChargeBill> bills = new ArrayList<>();
        rated.node()
                .decimalsByKey("quantities")
                .forEach((unit, used) -> bills.add(bill(unit, units.children(unit), used)));
        return left(bills);
    }

    private ChargeBill bill(String unit, List<CaseNode> tiers, BigDecimal quantity) {
        ChargeModel blocks =
                ChargeReader.blocks(
                        unit,
                        price.choice("policy", BlockPolicy.class, BlockPolicy.ALL_TIERS),
                        tiers);
        return Charge.of(blocks, AmountRounding.NONE)
                .bill(PeriodPart.whole(quantity), rated.currency());
    }

    /** What was not billed before; nothing is given back. */
    private Got left(List<ChargeBill> bills) {
        BigDecimal sum =
                bills.stream().map(ChargeBill::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Got.of(
                rated.finished(sum)
                        .subtract(rated.node().decimal("already_billed", BigDecimal.ZERO))
                        .max(BigDecimal.ZERO),
                bills.stream().flatMap(bill -> bill.lines().stream()).map(GotLine::of).toList());
    }

    /** {@code versions}: tiers start anew where the price version changes. */
    Got versions() {
        price.only(Set.of("versions", "policy", "options"));
        CaseNode versions = price.child("versions");
        List<ChargeBill> bills =
                rated.node().children("segments").stream()
                        .map(
                                segment ->
                                        bill(
                                                "unit",
                                                versions.children(segment.text("version")),
                                                segment.decimal("quantity")))
                        .toList();
        return left(bills);
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
