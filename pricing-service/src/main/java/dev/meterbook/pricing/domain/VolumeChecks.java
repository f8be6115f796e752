package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.VolumeRule.TierPrice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks rules on running quantities that somebody wrote down, as {@link PriceChecks} does. */
public final class VolumeChecks {

    /** Rules of a contract at a time at most. */
    public static final int MAX_RULES = 100;

    /** Tiers of a rule at most. */
    public static final int MAX_TIERS = 100;

    /** Largest quantity that a tier, package or free amount can name. */
    public static final long MAX_QUANTITY = 1_000_000_000_000_000L;

    private static final int MAX_AMOUNT_DIGITS = 12;

    private VolumeChecks() {}

    /** The kinds that a rule counts; {@code null} stands for one that is not known. */
    public static Set<Leaf> leaves(List<Optional<Leaf>> leaves, String path, Findings findings) {
        Set<Leaf> known = EnumSet.noneOf(Leaf.class);
        if (leaves.isEmpty()) {
            findings.add("NO_LEAVES", path, "none", "at least one kind of quantity");
        }
        for (int i = 0; i < leaves.size(); i++) {
            String each = path + "[" + i + "]";
            Optional<Leaf> leaf = leaves.get(i);
            if (leaf.isEmpty()) {
                findings.add("UNKNOWN_LEAF", each, "unknown", "a kind of quantity");
            } else if (!known.add(leaf.get())) {
                findings.add("DUPLICATE_LEAF", each, leaf.get().id(), "each kind once");
            }
        }
        return known;
    }

    /** A quantity from a least one on. */
    public static long quantity(long quantity, long least, String path, Findings findings) {
        if (quantity < least || quantity > MAX_QUANTITY) {
            findings.add(
                    "INVALID_QUANTITY",
                    path,
                    Long.toString(quantity),
                    least + " to " + MAX_QUANTITY);
        }
        return quantity;
    }

    /** Units that the amounts of tiers are for. */
    public static long per(long per, String path, Findings findings) {
        if (per < 1 || per > PriceChecks.MAX_PER) {
            findings.add("INVALID_PER", path, Long.toString(per), "1 to " + PriceChecks.MAX_PER);
            return 1;
        }
        return per;
    }

    /** An amount of money; empty text is none. */
    public static BigDecimal amount(String text, String path, Findings findings) {
        BigDecimal amount =
                text.isEmpty() ? BigDecimal.ZERO : PriceChecks.decimal(text, path, findings);
        if (amount.signum() < 0) {
            findings.add("NEGATIVE_PRICE", path, text, "0 or more; 0 means free");
        } else if (amount.scale() > MAX_AMOUNT_DIGITS
                || amount.precision() - amount.scale() > MAX_AMOUNT_DIGITS) {
            findings.add(
                    "PRICE_OUT_OF_RANGE",
                    path,
                    text,
                    "at most 12 digits before and 12 after the point");
        }
        return amount;
    }

    /** Tiers in ascending order, the last without an end; a unit of each has an exact price. */
    public static List<TierPrice> tiers(
            List<TierPrice> tiers, long per, String path, Findings findings) {
        if (tiers.isEmpty() || tiers.size() > MAX_TIERS) {
            findings.add("TIER_COUNT", path, tiers.size() + " tiers", "1 to " + MAX_TIERS);
        }
        long previous = 0;
        for (int i = 0; i < tiers.size(); i++) {
            String each = path + "[" + i + "]";
            boolean isLast = i == tiers.size() - 1;
            previous = end(tiers.get(i).upTo(), previous, isLast, each + ".up_to", findings);
            checkExact(tiers.get(i).amount(), per, each + ".amount", findings);
        }
        return tiers;
    }

    private static long end(
            @Nullable Long upTo, long previous, boolean isLast, String path, Findings findings) {
        if (isLast != (upTo == null)) {
            findings.add(
                    "TIER_ORDER",
                    path,
                    upTo == null ? "none" : upTo.toString(),
                    isLast ? "none, as it is the last tier" : "an end, as more tiers follow");
        } else if (upTo != null && (upTo <= previous || upTo > MAX_QUANTITY)) {
            findings.add(
                    "TIER_ORDER",
                    path,
                    upTo.toString(),
                    "above " + previous + ", at most " + MAX_QUANTITY);
        }
        return upTo == null ? previous : upTo;
    }

    private static void checkExact(BigDecimal amount, long per, String path, Findings findings) {
        BigDecimal one = UnitPrice.divided(amount, per);
        if (one.multiply(BigDecimal.valueOf(per)).compareTo(amount) != 0) {
            findings.add(
                    "PRICE_WITHOUT_END",
                    path,
                    Decimals.plain(amount) + " per " + per,
                    "a price of one unit that is a decimal number");
        }
    }

    /** Each id at most once. */
    public static void checkUnique(List<VolumeRule> rules, String path, Findings findings) {
        Set<String> seen = new HashSet<>();
        List<String> ids = new ArrayList<>(rules.stream().map(VolumeRule::id).toList());
        for (int i = 0; i < ids.size(); i++) {
            if (!seen.add(ids.get(i))) {
                findings.add("DUPLICATE_RULE", path + "[" + i + "].id", ids.get(i), "each id once");
            }
        }
    }
}
