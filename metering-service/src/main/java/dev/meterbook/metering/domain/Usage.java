package dev.meterbook.metering.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.kernel.Violation;
import dev.meterbook.kernel.usage.Reading;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call consumed, as told: a provider's body, or totals in a stated convention, or disjoint
 * quantities, or one of the first two beside quantities of other units.
 *
 * @param tokens totals; null if not told
 * @param quantities quantities by kind
 * @param source who counted
 * @param reported what reading the provider's body came to; null if none was told
 */
public record Usage(
        @Nullable TokenCounts tokens,
        List<LeafCount> quantities,
        CountSource source,
        @Nullable Reading reported) {

    /** Nothing was told. */
    public static final Usage NOT_TOLD = new Usage(null, List.of(), CountSource.PROVIDER);

    /** Usage without a provider's body. */
    public Usage(@Nullable TokenCounts tokens, List<LeafCount> quantities, CountSource source) {
        this(tokens, quantities, source, null);
    }

    /** Kinds that one call can have at most. */
    public static final int MAX_QUANTITIES = 32;

    /**
     * A quantity of one kind.
     *
     * @param leafCode the kind's number on the wire, which may be one that nobody knows
     * @param quantity how many units
     */
    public record LeafCount(int leafCode, long quantity) {}

    /** Who counted. */
    public enum CountSource {
        /** A value that this version does not know; refused. */
        UNKNOWN,
        /** The provider's answer says so. */
        PROVIDER,
        /** The client counted with a tokenizer. */
        CLIENT,
        /** An estimate. */
        ESTIMATE
    }

    void check(Findings findings) {
        if (tokens == null && quantities.isEmpty() && reported == null) {
            findings.addMissing(
                    Reason.USAGE_MISSING, "usage", "provider_usage, tokens or quantities");
        }
        if (source == CountSource.UNKNOWN) {
            findings.add(
                    Reason.UNKNOWN_SOURCE,
                    "usage.source",
                    "unknown value",
                    "PROVIDER, CLIENT or ESTIMATE");
        }
        if (tokens != null) {
            tokens.check(findings);
        }
        checkQuantities(findings);
    }

    /** What is wrong with the provider's body. */
    void checkReported(Findings findings) {
        if (reported != null && tokens != null) {
            findings.add(
                    Reason.TOKENS_AND_BODY,
                    "usage.tokens",
                    "told",
                    "no totals beside usage.provider_usage");
        }
        if (reported instanceof Reading.Refused(Violation violation)) {
            findings.add(violation);
        }
    }

    /** The kinds that the provider's body tells. */
    private Quantities read() {
        return reported instanceof Reading.Read read ? read.quantities() : Quantities.NONE;
    }

    /** The disjoint quantities; only after the check. */
    Quantities normalised() {
        Quantities.Builder leaves = Quantities.builder();
        if (tokens != null) {
            tokens.addLeaves(leaves);
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

    private void checkQuantities(Findings findings) {
        if (quantities.size() > MAX_QUANTITIES) {
            findings.add(
                    Reason.TOO_MANY_QUANTITIES,
                    "usage.quantities",
                    quantities.size() + " quantities",
                    "at most " + MAX_QUANTITIES);
            return;
        }
        Set<Leaf> seen = EnumSet.noneOf(Leaf.class);
        for (int i = 0; i < quantities.size(); i++) {
            LeafCount count = quantities.get(i);
            Optional<Leaf> leaf = Leaf.ofCode(count.leafCode());
            if (leaf.isEmpty()) {
                findings.add(
                        Reason.UNKNOWN_LEAF,
                        field(i, "leaf"),
                        Integer.toString(count.leafCode()),
                        "a known leaf");
            } else {
                checkQuantity(i, leaf.get(), count.quantity(), seen, findings);
                seen.add(leaf.get());
            }
        }
    }

    private void checkQuantity(
            int index, Leaf leaf, long quantity, Set<Leaf> seen, Findings findings) {
        long max = leaf.unit() == Leaf.Unit.TOKEN ? TokenCounts.MAX_COUNT : Quantities.MAX_QUANTITY;
        if (quantity < 0 || quantity > max) {
            findings.addCount(field(index, "quantity"), quantity, max);
        } else if (seen.contains(leaf) || read().amountOf(leaf) > 0) {
            findings.add(
                    Reason.DUPLICATE_LEAF,
                    field(index, "leaf"),
                    leaf.id(),
                    "each leaf at most once");
        } else if ((tokens != null || reported != null) && leaf.unit() == Leaf.Unit.TOKEN) {
            findings.add(
                    Reason.TOKENS_AND_QUANTITIES,
                    field(index, "leaf"),
                    leaf.id(),
                    "no token leaf beside "
                            + (tokens != null ? "usage.tokens" : "usage.provider_usage"));
        }
    }

    private static String field(int index, String name) {
        return "usage.quantities[" + index + "]." + name;
    }
}
