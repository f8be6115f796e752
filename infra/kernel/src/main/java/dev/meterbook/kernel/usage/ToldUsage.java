package dev.meterbook.kernel.usage;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.kernel.Violation;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call consumed, as a client tells it: a provider's body, or totals in a stated convention,
 * or disjoint quantities, or one of the first two beside quantities of other units. Fields are
 * named as in {@code meterbook.metering.v1.Usage}.
 *
 * @param tokens totals; null if not told
 * @param quantities quantities by kind, at most {@link #MAX_QUANTITIES}
 * @param reported what reading the provider's body came to; null if none was told
 */
public record ToldUsage(
        @Nullable TokenCounts tokens, List<LeafCount> quantities, @Nullable Reading reported) {

    /** Nothing was told. */
    public static final ToldUsage NOTHING = new ToldUsage(null, List.of(), null);

    /** Kinds that one call can tell at most. */
    public static final int MAX_QUANTITIES = 32;

    /**
     * A quantity of one kind.
     *
     * @param leafCode the kind's number on the wire, which may be one that nobody knows
     * @param quantity how many units
     */
    public record LeafCount(int leafCode, long quantity) {}

    /** Why the provider's body cannot be taken; null if it can, or if there is none. */
    public @Nullable Violation bodyViolation() {
        if (reported != null && tokens != null) {
            return new Violation(
                    "TOKENS_AND_BODY",
                    "usage.tokens",
                    "told",
                    "no totals beside usage.provider_usage");
        }
        return reported instanceof Reading.Refused(Violation violation) ? violation : null;
    }

    /** What is wrong, the first thing only; null if nothing is. */
    public @Nullable Violation violation() {
        if (tokens == null && quantities.isEmpty() && reported == null) {
            return new Violation(
                    "USAGE_MISSING", "usage", "missing", "provider_usage, tokens or quantities");
        }
        Violation body = bodyViolation();
        Violation totals = body != null || tokens == null ? body : tokens.violation();
        return totals != null ? totals : quantitiesViolation();
    }

    /** The disjoint quantities; only without violation. */
    public Quantities normalised() {
        Quantities.Builder leaves = Quantities.builder();
        if (tokens != null) {
            tokens.addTo(leaves);
        }
        Quantities read = read();
        for (int i = 0; i < read.size(); i++) {
            leaves.add(read.leaf(i), read.amount(i));
        }
        for (int i = 0; i < quantities.size(); i++) {
            LeafCount count = quantities.get(i);
            leaves.add(Leaf.ofCode(count.leafCode()).orElseThrow(), count.quantity());
        }
        return leaves.build();
    }

    /** The kinds that the provider's body tells. */
    private Quantities read() {
        return reported instanceof Reading.Read read ? read.quantities() : Quantities.NONE;
    }

    private @Nullable Violation quantitiesViolation() {
        if (quantities.size() > MAX_QUANTITIES) {
            return new Violation(
                    "TOO_MANY_QUANTITIES",
                    "usage.quantities",
                    quantities.size() + " quantities",
                    "at most " + MAX_QUANTITIES);
        }
        Violation first = null;
        Set<Leaf> seen = EnumSet.noneOf(Leaf.class);
        for (int i = 0; i < quantities.size() && first == null; i++) {
            first = quantityViolation(i, seen);
        }
        return first;
    }

    private @Nullable Violation quantityViolation(int index, Set<Leaf> seen) {
        LeafCount count = quantities.get(index);
        Optional<Leaf> known = Leaf.ofCode(count.leafCode());
        if (known.isEmpty()) {
            return new Violation(
                    "UNKNOWN_LEAF",
                    field(index, "leaf"),
                    Integer.toString(count.leafCode()),
                    "a known leaf");
        }
        Leaf leaf = known.get();
        long max = UsageTotals.max(leaf);
        if (count.quantity() < 0 || count.quantity() > max) {
            return UsageTotals.outOfRange(
                    field(index, "quantity"), BigDecimal.valueOf(count.quantity()), max);
        }
        boolean isNew = seen.add(leaf) && read().amountOf(leaf) == 0;
        return isNew
                ? unitViolation(index, leaf)
                : new Violation(
                        "DUPLICATE_LEAF",
                        field(index, "leaf"),
                        leaf.id(),
                        "each leaf at most once");
    }

    private @Nullable Violation unitViolation(int index, Leaf leaf) {
        boolean areTokensTold = tokens != null || reported != null;
        return areTokensTold && leaf.unit() == Leaf.Unit.TOKEN
                ? new Violation(
                        "TOKENS_AND_QUANTITIES",
                        field(index, "leaf"),
                        leaf.id(),
                        "no token leaf beside "
                                + (tokens != null ? "usage.tokens" : "usage.provider_usage"))
                : null;
    }

    private static String field(int index, String name) {
        return "usage.quantities[" + index + "]." + name;
    }
}
