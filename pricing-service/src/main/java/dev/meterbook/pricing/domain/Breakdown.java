package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.charge.LinePart;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs, and why.
 *
 * @param rating what rating comes to
 * @param table the model or family whose prices were taken; empty if the call has no price
 * @param markupPercent the mark-up that the plan asks for
 * @param factors what each price is multiplied with, and why: together the multiplier of each line
 * @param lines a line for each kind; amounts and charges sum up to those of the rating. None if the
 *     call has no price
 * @param spendLines what spend terms made of the sums of the lines, in the order in which they
 *     worked; most calls have none
 */
public record Breakdown(
        Rating rating,
        String table,
        BigDecimal markupPercent,
        List<Factor> factors,
        List<Line> lines,
        List<SpendLine> spendLines) {

    /** Copies. */
    public Breakdown {
        factors = List.copyOf(factors);
        lines = List.copyOf(lines);
        spendLines = List.copyOf(spendLines);
    }

    /** A call without a price. */
    static Breakdown without(Rating rating) {
        return new Breakdown(rating, "", BigDecimal.ZERO, List.of(), List.of(), List.of());
    }

    /**
     * One multiplication.
     *
     * @param leaf the kind
     * @param quantity how many units
     * @param price the price of the kind, or of one that contains it; null if a rule on running
     *     quantities prices it alone
     * @param amount what the provider bills for it
     * @param fixedPrice what the tenant is charged for a unit; null if cost and mark-up are
     * @param charge what the tenant owes for it
     * @param volume the contract's running quantity that decided; null if none did
     * @param planVolume the tenant's running quantity that decided about the charge; null if none
     *     did
     */
    public record Line(
            Leaf leaf,
            long quantity,
            @Nullable UnitPrice price,
            BigDecimal amount,
            @Nullable UnitPrice fixedPrice,
            BigDecimal charge,
            @Nullable VolumeLine volume,
            @Nullable VolumeLine planVolume) {

        /** The kind whose price was taken: the kind itself, or one that contains it. */
        public Leaf pricedLeaf() {
            return price == null ? leaf : price.price().leaf();
        }
    }

    /**
     * How a running quantity decided.
     *
     * @param rule the rule's id
     * @param before the running quantity before
     * @param parts what each tier, package or free amount came to; they add up to the amount, a
     *     plan's to the charge
     */
    public record VolumeLine(String rule, long before, List<LinePart> parts) {

        /** Copies. */
        public VolumeLine {
            parts = List.copyOf(parts);
        }
    }

    /**
     * What a spend term made of a call.
     *
     * @param spent what it counted, and what the call came to before and after it
     * @param term the term with the amounts of the call's period
     * @param chargeDifference what that changed the charge by
     */
    public record SpendLine(Spent spent, SpendTerm term, BigDecimal chargeDifference) {

        /** What it did, in a word. */
        public String effect() {
            return switch (spent.owed().compareTo(spent.gross())) {
                case 0 -> "counted";
                case -1 -> "cap";
                default -> "overage";
            };
        }
    }
}
