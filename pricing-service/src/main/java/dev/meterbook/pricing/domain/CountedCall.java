package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs and what the tenant owes for it, where that can depend on what was used or
 * spent before it: first the kinds by the contract's prices and rules, then the contract's spend
 * terms on their sum, then the charge of each kind by the plan, then the plan's spend terms on its
 * sum.
 */
final class CountedCall {

    private final CallFacts call;
    private final PlanTerms plan;
    private final @Nullable ExchangeRate rate;
    private final CallCounts counts;
    private final RuledCall costs;
    private final List<ChargedLine> lines = new ArrayList<>();
    private final List<Spent> spent = new ArrayList<>(2);

    /** What the kinds come to by the contract, before its spend terms. */
    private final BigDecimal gross;

    private final BigDecimal billed;

    /** What is charged by cost and mark-up: its cost before spend terms, in the plan's currency. */
    private BigDecimal costCharged = BigDecimal.ZERO;

    private final BigDecimal charge;

    /**
     * A kind and what the tenant owes for it.
     *
     * @param cost what it costs
     * @param fixed its fixed price; null without one
     * @param use the plan's rule that prices it by a running quantity; null if none does
     * @param charge what the tenant owes for it
     */
    private record ChargedLine(
            PricedQuantity cost,
            @Nullable UnitPrice fixed,
            PricedQuantity.@Nullable Use use,
            BigDecimal charge) {

        Breakdown.Line toLine() {
            return new Breakdown.Line(
                    cost.leaf(),
                    cost.quantity(),
                    cost.price(),
                    cost.amount(),
                    fixed,
                    charge,
                    cost.volumeLine(),
                    use == null ? null : use.line(cost.quantity(), charge, "plan"));
        }
    }

    /**
     * A call all of whose kinds have a price.
     *
     * @param costs what its kinds cost
     * @param counts what they counted; the plan's rules go on with it
     * @param rate turns costs into the plan's currency; null if nothing has to
     */
    CountedCall(
            CallFacts call,
            RuledCall costs,
            CallCounts counts,
            PlanTerms plan,
            @Nullable ExchangeRate rate) {
        this.call = call;
        this.costs = costs;
        this.counts = counts;
        this.plan = plan;
        this.rate = rate;
        this.gross = Amounts.limited(costs.cost());
        this.billed = applied(costs.spend(), costs.owner(), gross);
        this.charge = applied(plan.spend(), TermOwner.planOf(call.tenant()), charged());
    }

    private BigDecimal applied(SpendTerms terms, String owner, BigDecimal amount) {
        return terms.isEmpty()
                ? amount
                : terms.apply(owner, call.occurTimeMicros(), amount, counts.running(), spent);
    }

    private BigDecimal charged() {
        Map<Leaf, CountedRule> rules = plan.rules(call.model());
        @Nullable LeafPrices fixed = plan.fixedPrices(call);
        for (PricedQuantity each : costs.lines()) {
            add(each, fixed, rules);
        }
        if (rules.containsKey(Leaf.CALL) && !isCallPriced()) {
            add(new PricedQuantity(Leaf.CALL, 1, null, null), fixed, rules);
        }
        BigDecimal sum = plan.markedUp(chargedFor(billed)).subtract(plan.markedUp(costCharged));
        for (ChargedLine line : lines) {
            sum = sum.add(line.charge);
        }
        return sum;
    }

    /** The plan can have a price for calls that the contract has none for. */
    private boolean isCallPriced() {
        Quantities quantities = call.quantities();
        return quantities.amountOf(Leaf.CALL) > 0
                || costs.lines().stream().anyMatch(each -> each.leaf() == Leaf.CALL);
    }

    private void add(
            PricedQuantity cost, @Nullable LeafPrices fixedPrices, Map<Leaf, CountedRule> rules) {
        UnitPrice fixed = fixedPrices == null ? null : fixedPrices.of(cost.leaf());
        CountedRule rule = rules.get(cost.leaf());
        if (rule == null) {
            add(cost, fixed, null, cost.quantity());
            return;
        }
        VolumeKey key = rule.key(TermOwner.planOf(call.tenant()), call.occurTimeMicros());
        var use = new PricedQuantity.Use(rule, counts.count(key, cost.quantity()));
        if (rule.needsTablePrice()) {
            add(cost, fixed, use, rule.paid(use.before(), cost.quantity()));
        } else {
            BigDecimal owed = rule.amount(use.before(), cost.quantity(), null);
            lines.add(new ChargedLine(cost, null, use, owed));
        }
    }

    /** Charges so many of the units by the fixed price, else by cost and mark-up. */
    private void add(
            PricedQuantity cost,
            @Nullable UnitPrice fixed,
            PricedQuantity.@Nullable Use use,
            long paid) {
        BigDecimal byCost = fixed != null ? BigDecimal.ZERO : converted(part(cost, paid));
        BigDecimal owed = fixed != null ? fixed.amountOf(paid) : plan.markedUp(byCost);
        costCharged = costCharged.add(byCost);
        lines.add(new ChargedLine(cost, fixed, use, owed));
    }

    private static BigDecimal part(PricedQuantity cost, long paid) {
        BigDecimal amount = cost.amount();
        return paid == cost.quantity()
                ? amount
                : UnitPrice.divided(amount.multiply(BigDecimal.valueOf(paid)), cost.quantity());
    }

    private BigDecimal converted(BigDecimal cost) {
        return rate == null ? cost : rate.convert(cost);
    }

    /**
     * What is charged by cost and mark-up when the kinds together cost another amount: as much of
     * it as of the kinds' own costs. A division that has no end is rounded half to even at {@value
     * UnitPrice#SCALE_OF_ENDLESS_DIVISION} digits.
     */
    private BigDecimal chargedFor(BigDecimal cost) {
        if (cost.compareTo(gross) == 0) {
            return costCharged;
        }
        return costCharged.compareTo(converted(gross)) == 0
                ? converted(cost)
                : costCharged
                        .multiply(cost)
                        .divide(gross, UnitPrice.SCALE_OF_ENDLESS_DIVISION, RoundingMode.HALF_EVEN);
    }

    /** What the provider bills. */
    BigDecimal billed() {
        return billed;
    }

    /** What it would bill without spend terms. */
    BigDecimal gross() {
        return gross;
    }

    BigDecimal charge() {
        return charge;
    }

    List<Counted> counted() {
        return counts.all();
    }

    List<Spent> spent() {
        return spent;
    }

    /** The multiplications, kind by kind. */
    List<Breakdown.Line> toLines() {
        return lines.stream().map(ChargedLine::toLine).toList();
    }

    /** What the spend terms made of the sums, in the order in which they worked. */
    List<Breakdown.SpendLine> spendLines() {
        List<Breakdown.SpendLine> all = new ArrayList<>();
        for (Spent each : spent) {
            boolean isPlan = TermOwner.isPlan(each.key().owner());
            SpendTerms terms = isPlan ? plan.spend() : costs.spend();
            BigDecimal difference =
                    isPlan
                            ? each.owed().subtract(each.gross())
                            : plan.markedUp(chargedFor(each.owed()))
                                    .subtract(plan.markedUp(chargedFor(each.gross())));
            all.add(
                    new Breakdown.SpendLine(
                            each, terms.holding(each.key(), call.occurTimeMicros()), difference));
        }
        return all;
    }
}
