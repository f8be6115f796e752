package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.charge.AmountRounding;
import dev.meterbook.pricing.domain.charge.ChargeModel;
import dev.meterbook.pricing.domain.charge.ChargeOptions;
import dev.meterbook.pricing.domain.charge.FirstFee;
import dev.meterbook.pricing.domain.charge.Graduated;
import dev.meterbook.pricing.domain.charge.LinePart;
import dev.meterbook.pricing.domain.charge.Packages;
import dev.meterbook.pricing.domain.charge.Position;
import dev.meterbook.pricing.domain.charge.Span;
import dev.meterbook.pricing.domain.charge.TierEnd;
import dev.meterbook.pricing.domain.charge.TierLines;
import dev.meterbook.pricing.domain.charge.Tiers;
import dev.meterbook.pricing.domain.charge.Volume;
import dev.meterbook.pricing.domain.charge.VolumeDue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link VolumeRule}, ready to price. Safe for use by many threads. */
final class CountedRule {

    /** Nothing used, nothing owed; amounts stay exact. */
    private static final ChargeOptions OPTIONS =
            new ChargeOptions(
                    FirstFee.WITH_USAGE,
                    FirstFee.WITH_USAGE,
                    TierEnd.INCLUSIVE,
                    TierLines.USAGE_AND_FEE_APART,
                    VolumeDue.EVERY_PART,
                    AmountRounding.NONE);

    private final VolumeRule rule;
    private final @Nullable ChargeModel model;
    private final @Nullable TierLadder ladder;
    private volatile @Nullable Counting counting;

    private record Counting(Validity period, VolumeKey key) {}

    CountedRule(VolumeRule rule) {
        this.rule = rule;
        this.model = model(rule.price());
        this.ladder = model instanceof Graduated graduated ? TierLadder.of(graduated) : null;
    }

    /** The rules for a model, by the kinds that they price; the first one counts. */
    static Map<Leaf, CountedRule> byLeaf(List<VolumeRule> all, String model) {
        List<CountedRule> rules =
                all.stream()
                        .filter(each -> each.models().includes(model))
                        .map(CountedRule::new)
                        .toList();
        Map<Leaf, CountedRule> byLeaf = new EnumMap<>(Leaf.class);
        for (Leaf leaf : Leaf.values()) {
            CountedRule found = nearest(rules, leaf);
            if (found != null) {
                byLeaf.put(leaf, found);
            }
        }
        return byLeaf;
    }

    /** The rule that names a kind, else the one that names the nearest kind that contains it. */
    private static @Nullable CountedRule nearest(List<CountedRule> rules, Leaf leaf) {
        CountedRule found = naming(rules, leaf);
        for (int i = 0; found == null && i < leaf.containers().size(); i++) {
            found = naming(rules, leaf.containers().get(i));
        }
        return found;
    }

    private static @Nullable CountedRule naming(List<CountedRule> rules, Leaf leaf) {
        for (CountedRule rule : rules) {
            if (rule.rule.leaves().contains(leaf)) {
                return rule;
            }
        }
        return null;
    }

    private static @Nullable ChargeModel model(VolumeRule.Price price) {
        return switch (price) {
            case VolumeRule.OfTable _ -> null;
            case VolumeRule.Tiered tiered ->
                    switch (tiered.mode()) {
                        case GRADUATED -> new Graduated(tiers(tiered), OPTIONS);
                        case WHOLE_VOLUME -> new Volume(tiers(tiered), OPTIONS);
                    };
            case VolumeRule.Packaged packaged ->
                    new Packages(
                            BigDecimal.valueOf(packaged.size()),
                            packaged.amount(),
                            packaged.rounding());
        };
    }

    private static Tiers tiers(VolumeRule.Tiered tiered) {
        List<Tiers.Step> steps = new ArrayList<>();
        for (VolumeRule.TierPrice tier : tiered.tiers()) {
            Long upTo = tier.upTo();
            steps.add(
                    new Tiers.Step(
                            null,
                            upTo == null ? null : BigDecimal.valueOf(upTo),
                            UnitPrice.divided(tier.amount(), tiered.per()),
                            tier.flatAmount().signum() == 0 ? null : tier.flatAmount()));
        }
        return Tiers.of(OPTIONS.tierEnd(), steps);
    }

    String id() {
        return rule.id();
    }

    /** What the call is counted for; most calls are of the same period as the one before. */
    VolumeKey key(String owner, long occurTimeMicros) {
        Counting known = counting;
        if (known == null
                || !known.period.includes(occurTimeMicros)
                || !known.key.owner().equals(owner)) {
            Validity period = rule.period().holding(occurTimeMicros);
            known = new Counting(period, new VolumeKey(owner, rule.id(), period.fromMicros()));
            counting = known;
        }
        return known.key;
    }

    /** True if what it counts costs what the table says. */
    boolean needsTablePrice() {
        return model == null;
    }

    /** What moving the running quantity by so many units costs. */
    BigDecimal amount(long before, long quantity, @Nullable UnitPrice tablePrice) {
        ExactSum sum = new ExactSum();
        addTo(sum, before, quantity, tablePrice);
        return sum.total();
    }

    /** Adds what moving the running quantity by so many units costs. */
    void addTo(ExactSum sum, long before, long quantity, @Nullable UnitPrice tablePrice) {
        long paidBefore = paid(before);
        long paidAfter = paid(before + quantity);
        if (model == null) {
            if (tablePrice != null) {
                tablePrice.addTo(sum, paidAfter - paidBefore);
            }
        } else if (ladder == null || !ladder.addWithin(sum, paidBefore, paidAfter)) {
            sum.add(
                    model.amountBetween(
                            BigDecimal.valueOf(paidBefore), BigDecimal.valueOf(paidAfter)));
        }
    }

    private long paid(long quantity) {
        return Math.max(0, quantity - rule.freeQuantity());
    }

    /** How many of the units that move the running quantity are not free. */
    long paid(long before, long quantity) {
        return paid(before + quantity) - paid(before);
    }

    /**
     * The multiplications.
     *
     * @param amount what all of it costs; the parts add up to it
     * @param unruled what the units are priced by that the rule does not price itself
     */
    List<LinePart> parts(long before, long quantity, BigDecimal amount, String unruled) {
        List<LinePart> parts = new ArrayList<>();
        long paid = paid(before, quantity);
        if (paid < quantity) {
            parts.add(part("free", quantity - paid, BigDecimal.ZERO));
        }
        if (model != null) {
            BigDecimal to = BigDecimal.valueOf(paid(before + quantity));
            parts.addAll(
                    model.lines(new Span(BigDecimal.valueOf(paid(before)), to, Position.MID, to)));
        } else if (paid > 0) {
            parts.add(part(unruled, paid, amount));
        }
        return parts;
    }

    private static LinePart part(String ref, long quantity, BigDecimal amount) {
        return new LinePart(ref, null, BigDecimal.valueOf(quantity), amount);
    }
}
