package dev.meterbook.kernel.usage;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Violation;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Usage that was counted already: totals by the keys of {@link UsageUnit}, or disjoint counts by
 * the ids of {@link Leaf}, not both.
 */
public final class LeafCounts {

    private LeafCounts() {}

    /**
     * Reads counts.
     *
     * @param counts a {@link Map} from key to count
     * @param path where it stands, for messages
     */
    public static Reading read(@Nullable Object counts, String path) {
        UsageTotals totals = new UsageTotals();
        if (!(counts instanceof Map<?, ?> map) || map.isEmpty()) {
            totals.refuse(
                    new Violation("USAGE_MISSING", path, "no counts", "an object with counts"));
            return totals.read(null, Reading.Completeness.COMPLETE);
        }
        Map<Leaf, Object> leaves = new EnumMap<>(Leaf.class);
        Map<UsageUnit, Object> units = new EnumMap<>(UsageUnit.class);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            sort(entry, leaves, units, path, totals);
        }
        if (!leaves.isEmpty() && !units.isEmpty()) {
            totals.refuse(
                    new Violation(
                            "MIXED_COUNTS",
                            path,
                            leaves.keySet().iterator().next().id() + " beside totals",
                            "totals or disjoint counts"));
        }
        units.forEach((unit, count) -> totals.add(unit, path + "." + unit.key(), count));
        leaves.forEach((leaf, count) -> addToAll(leaf, count, path, totals));
        return totals.read(null, Reading.Completeness.COMPLETE);
    }

    private static void sort(
            Map.Entry<?, ?> entry,
            Map<Leaf, Object> leaves,
            Map<UsageUnit, Object> units,
            String path,
            UsageTotals totals) {
        String key = String.valueOf(entry.getKey());
        Object count = entry.getValue() == null ? "" : entry.getValue();
        Optional<UsageUnit> unit = UsageUnit.ofKey(key);
        Optional<Leaf> leaf = Leaf.ofId(key).filter(each -> UsageUnit.ofLeaf(each).isPresent());
        if (unit.isPresent()) {
            units.put(unit.get(), count);
        } else if (leaf.isPresent()) {
            leaves.put(leaf.get(), count);
        } else {
            totals.refuse(
                    new Violation(
                            "UNKNOWN_UNIT", path + "." + key, key, "a unit such as input_tokens"));
        }
    }

    /** A disjoint count is part of the total of its kind and of every kind that contains it. */
    private static void addToAll(Leaf leaf, Object count, String path, UsageTotals totals) {
        Map<Leaf, UsageUnit> all = new LinkedHashMap<>();
        UsageUnit.ofLeaf(leaf).ifPresent(unit -> all.put(leaf, unit));
        for (Leaf wider : leaf.containers()) {
            UsageUnit.ofLeaf(wider).ifPresent(unit -> all.put(wider, unit));
        }
        String field = path + "." + leaf.id();
        all.values().forEach(unit -> totals.addCount(unit, field, count));
    }
}
