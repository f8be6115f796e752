package dev.meterbook.kernel.usage;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.kernel.Violation;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects totals and splits them; the first thing found wrong refuses all. */
public final class UsageTotals {

    /** The largest count of tokens of one kind in one call. */
    public static final long MAX_TOKENS = 1_000_000_000;

    /** More digits on either side of the point are refused before anything is computed. */
    private static final int MAX_DIGITS = 20;

    private static final String WHOLE = "a whole number";

    private final Map<UsageUnit, Long> totals = new EnumMap<>(UsageUnit.class);
    private final Map<UsageUnit, String> fields = new EnumMap<>(UsageUnit.class);
    private @Nullable Violation first;

    /** Nothing so far. */
    public UsageTotals() {}

    /**
     * Adds a count to the total of a unit.
     *
     * @param field where the count stands, for messages
     * @param value a whole number from 0; seconds may have three digits after the point
     */
    public UsageTotals add(UsageUnit unit, String field, Object value) {
        return add(unit, field, value, unit.ofLeaf());
    }

    /** As {@link #add}, in units of the kind: milliseconds where the unit is the second. */
    UsageTotals addCount(UsageUnit unit, String field, Object value) {
        return add(unit, field, value, 1);
    }

    private UsageTotals add(UsageUnit unit, String field, Object value, long factor) {
        BigDecimal count = number(value, field);
        if (count == null) {
            return this;
        }
        fields.putIfAbsent(unit, field);
        if (count.precision() - (long) count.scale() > MAX_DIGITS || count.signum() < 0) {
            refuseOutOfRange(unit, field, count);
        } else if (count.scale() > MAX_DIGITS) {
            refuse(new Violation("NOT_A_WHOLE_NUMBER", field, count.toString(), WHOLE));
        } else {
            add(unit, field, count, count.multiply(BigDecimal.valueOf(factor)));
        }
        return this;
    }

    private @Nullable BigDecimal number(Object value, String field) {
        try {
            return new BigDecimal(value instanceof Number ? value.toString() : "");
        } catch (NumberFormatException notFinite) {
            refuse(new Violation("NOT_A_NUMBER", field, UsagePath.describe(value), "a count"));
            return null;
        }
    }

    private void add(UsageUnit unit, String field, BigDecimal told, BigDecimal count) {
        BigDecimal sum = count.add(BigDecimal.valueOf(totals.getOrDefault(unit, 0L)));
        if (sum.compareTo(BigDecimal.valueOf(max(unit.leaf()))) > 0) {
            refuseOutOfRange(unit, field, told);
        } else if (sum.stripTrailingZeros().scale() > 0) {
            refuse(new Violation("NOT_A_WHOLE_NUMBER", field, told.toString(), WHOLE));
        } else {
            totals.put(unit, sum.longValueExact());
        }
    }

    private void refuseOutOfRange(UsageUnit unit, String field, BigDecimal told) {
        refuse(outOfRange(field, told, max(unit.leaf()) / unit.ofLeaf()));
    }

    /** What is wrong with a count below 0 or above its limit. */
    static Violation outOfRange(String field, BigDecimal told, long max) {
        String reason = told.signum() < 0 ? "NEGATIVE_COUNT" : "COUNT_TOO_LARGE";
        return new Violation(reason, field, told.toString(), "0 to " + max);
    }

    /** The largest count of a kind in one call. */
    static long max(Leaf leaf) {
        return leaf.unit() == Leaf.Unit.TOKEN ? MAX_TOKENS : Quantities.MAX_QUANTITY;
    }

    /** Something is wrong; what is found after the first is not kept. */
    void refuse(Violation violation) {
        if (first == null) {
            first = violation;
        }
    }

    /** True if nothing was added. */
    boolean isEmpty() {
        return totals.isEmpty();
    }

    /** The totals and their disjoint parts, or what is wrong. */
    public Reading read(@Nullable String model, Reading.Completeness completeness) {
        LeafSplit split = first == null ? new LeafSplit(totals) : null;
        if (split == null) {
            return refused();
        }
        Violation contradiction = split.contradiction();
        if (contradiction != null) {
            refuse(located(contradiction));
            return refused();
        }
        totals.values().removeIf(total -> total == 0);
        return new Reading.Read(model, totals, split.quantities(), completeness);
    }

    private Reading refused() {
        Violation violation = first;
        if (violation == null) {
            throw new IllegalStateException("nothing is wrong");
        }
        return new Reading.Refused(violation);
    }

    private Violation located(Violation contradiction) {
        String field = UsageUnit.ofKey(contradiction.field()).map(fields::get).orElse("");
        return new Violation(
                contradiction.reason(), field, contradiction.value(), contradiction.expected());
    }
}
