package dev.meterbook.kernel.usage;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.kernel.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Splits totals that hold their parts into disjoint kinds: each kind keeps what is in none of the
 * kinds that it contains.
 *
 * <p>A body may say how many tokens were cached and how many were text, without saying how many
 * were both. Where the parts together are more than their total, they overlap by at least the
 * difference. That many, and no more, are taken to be both, text before image, audio and video. If
 * the parts cannot overlap that much the totals contradict each other.
 */
final class LeafSplit {

    private static final List<Leaf> CLOSEST_FIRST =
            Arrays.stream(Leaf.values())
                    .sorted(Comparator.comparingInt((Leaf leaf) -> -leaf.containers().size()))
                    .toList();

    private static final List<Leaf> MODALITIES =
            List.of(
                    Leaf.INPUT_TEXT,
                    Leaf.OUTPUT_TEXT,
                    Leaf.INPUT_IMAGE,
                    Leaf.OUTPUT_IMAGE,
                    Leaf.INPUT_AUDIO,
                    Leaf.OUTPUT_AUDIO,
                    Leaf.INPUT_VIDEO,
                    Leaf.OUTPUT_VIDEO);

    private final Map<Leaf, Long> told = new EnumMap<>(Leaf.class);
    private final Map<Leaf, Long> own = new EnumMap<>(Leaf.class);
    private @Nullable Violation contradiction;

    /** Splits totals, in units of their kinds. */
    LeafSplit(Map<UsageUnit, Long> totals) {
        totals.forEach((unit, total) -> told.put(unit.leaf(), total));
        for (Leaf leaf : CLOSEST_FIRST) {
            Long total = told.get(leaf);
            if (total != null) {
                split(leaf, total);
            }
        }
    }

    /** Why the totals contradict each other; null if they do not. The field is a unit's key. */
    @Nullable Violation contradiction() {
        return contradiction;
    }

    /** The disjoint quantities; of use only without contradiction. */
    Quantities quantities() {
        return Quantities.of(own);
    }

    private void split(Leaf whole, long total) {
        List<Leaf> parts = new ArrayList<>(own.keySet());
        parts.removeIf(part -> !whole.contains(part));
        long rest = total;
        for (Leaf part : parts) {
            rest -= own.getOrDefault(part, 0L);
        }
        if (rest < 0) {
            rest += overlap(whole, parts, -rest);
        }
        if (rest < 0 && contradiction == null) {
            contradiction = contradiction(whole, total, total - rest, parts);
        }
        own.put(whole, Math.max(rest, 0));
    }

    /** Takes parts together until enough of them overlap; answers how much they do. */
    private long overlap(Leaf whole, List<Leaf> parts, long wanted) {
        parts.sort(Comparator.comparingInt(LeafSplit::rank));
        long found = 0;
        for (Leaf one : parts) {
            for (Leaf other : parts) {
                Leaf both = found < wanted ? overlapOf(whole, one, other) : null;
                if (both != null) {
                    long count = Math.min(wanted - found, Math.min(own(one), own(other)));
                    own.merge(one, -count, Long::sum);
                    own.merge(other, -count, Long::sum);
                    own.merge(both, count, Long::sum);
                    found += count;
                }
            }
        }
        return found;
    }

    private long own(Leaf leaf) {
        return own.getOrDefault(leaf, 0L);
    }

    /**
     * The widest kind that is in both; null if there is none or if what was told speaks against.
     */
    private @Nullable Leaf overlapOf(Leaf whole, Leaf one, Leaf other) {
        if (one.contains(other) || other.contains(one)) {
            return null;
        }
        Leaf widest = null;
        for (int i = CLOSEST_FIRST.size() - 1; i >= 0 && widest == null; i--) {
            Leaf leaf = CLOSEST_FIRST.get(i);
            widest = one.contains(leaf) && other.contains(leaf) ? leaf : null;
        }
        return widest == null || isToldOtherwise(whole, one, other, widest) ? null : widest;
    }

    /**
     * True if counting the two together would change a total, other than the whole, that was told.
     */
    private boolean isToldOtherwise(Leaf whole, Leaf one, Leaf other, Leaf both) {
        for (Leaf leaf : told.keySet()) {
            boolean grows = leaf.contains(both) && !leaf.contains(one) && !leaf.contains(other);
            boolean shrinks = leaf.contains(one) && leaf.contains(other) && !leaf.contains(whole);
            if (grows || shrinks) {
                return true;
            }
        }
        return false;
    }

    private static int rank(Leaf leaf) {
        for (int i = 0; i < MODALITIES.size(); i++) {
            if (MODALITIES.get(i).contains(leaf)) {
                return i;
            }
        }
        return MODALITIES.size();
    }

    private Violation contradiction(Leaf whole, long total, long sum, List<Leaf> parts) {
        long cached = 0;
        long reasoned = 0;
        for (Leaf part : parts) {
            cached += part.isCacheRead() || part.isCacheWrite() ? own(part) : 0;
            reasoned += Leaf.OUTPUT_REASONING.contains(part) ? own(part) : 0;
        }
        String reason =
                cached > total
                        ? "CACHED_ABOVE_INPUT"
                        : reasoned > total ? "REASONING_ABOVE_OUTPUT" : "PARTS_ABOVE_TOTAL";
        return new Violation(
                reason,
                UsageUnit.ofLeaf(whole).map(UsageUnit::key).orElse(whole.id()),
                Long.toString(total),
                "at least the " + sum + " of its parts");
    }
}
