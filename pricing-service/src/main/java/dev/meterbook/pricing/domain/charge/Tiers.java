package dev.meterbook.pricing.domain.charge;

import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a tiered price in ascending order. A quantity past the end of the last tier still
 * belongs to the last tier: usage is never free because a price list ends. Immutable.
 */
public final class Tiers {

    /** Tiers of one price at most. */
    public static final int MAX_TIERS = 100;

    private final List<Tier> tiers;
    private final TierEnd end;

    private Tiers(List<Tier> tiers, TierEnd end) {
        this.tiers = List.copyOf(tiers);
        this.end = end;
    }

    /**
     * One step as it is agreed.
     *
     * @param from first unit of the step where it is told, as in {@code 11–20}; else the steps
     *     follow each other without a gap
     * @param upTo its end; none for a step without end
     * @param unitAmount price of a unit, or none
     * @param flatAmount owed once for the step, or none
     */
    public record Step(
            @Nullable BigDecimal from,
            @Nullable BigDecimal upTo,
            @Nullable BigDecimal unitAmount,
            @Nullable BigDecimal flatAmount) {

        /** A step that follows the one before. */
        public static Step upTo(@Nullable BigDecimal upTo, BigDecimal unitAmount) {
            return new Step(null, upTo, unitAmount, null);
        }
    }

    /**
     * Tiers of steps.
     *
     * @throws IllegalArgumentException where {@link #check} finds something
     */
    public static Tiers of(TierEnd end, List<Step> steps) {
        check(steps)
                .ifPresent(
                        wrong -> {
                            throw new IllegalArgumentException(wrong.message());
                        });
        List<Tier> tiers = new ArrayList<>(steps.size());
        BigDecimal previous = BigDecimal.ZERO;
        for (Step step : steps) {
            tiers.add(
                    new Tier(
                            start(step, previous),
                            step.upTo(),
                            step.unitAmount(),
                            step.flatAmount()));
            previous = step.upTo() == null ? previous : step.upTo();
        }
        return new Tiers(tiers, end);
    }

    /**
     * A range such as {@code 11–20} counts whole units, both ends included, so it starts above 10;
     * a range that touches the one before, as {@code 0.1–1} does {@code 0–0.1}, starts there.
     */
    private static BigDecimal start(Step step, BigDecimal previous) {
        BigDecimal from = step.from();
        if (from == null || from.compareTo(previous) == 0) {
            return previous;
        }
        return from.subtract(BigDecimal.ONE).max(previous);
    }

    /** What is wrong with steps, if anything: their number, their order, a negative price. */
    public static Optional<Violation> check(List<Step> steps) {
        if (steps.isEmpty() || steps.size() > MAX_TIERS) {
            return wrong("TIER_COUNT", "tiers", steps.size() + " tiers", "1 to " + MAX_TIERS);
        }
        BigDecimal previous = BigDecimal.ZERO;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Optional<Violation> found = check(step, previous, i == steps.size() - 1);
            if (found.isPresent()) {
                return Optional.of(found.get().within("tiers[" + i + "]"));
            }
            previous = step.upTo() == null ? previous : step.upTo();
        }
        return Optional.empty();
    }

    private static Optional<Violation> check(Step step, BigDecimal previous, boolean last) {
        if (step.upTo() == null && !last) {
            return wrong("TIER_ORDER", "up_to", "none", "an end, as more tiers follow");
        }
        if (step.upTo() != null && step.upTo().compareTo(previous) <= 0) {
            return wrong("TIER_ORDER", "up_to", text(step.upTo()), "above " + text(previous));
        }
        if (step.from() != null && step.from().compareTo(previous) < 0) {
            return wrong("TIER_ORDER", "from", text(step.from()), "from " + text(previous));
        }
        if (isNegative(step.unitAmount())) {
            return wrong("NEGATIVE_PRICE", "unit_amount", text(step.unitAmount()), "from 0");
        }
        return isNegative(step.flatAmount())
                ? wrong("NEGATIVE_PRICE", "flat_amount", text(step.flatAmount()), "from 0")
                : Optional.empty();
    }

    private static boolean isNegative(@Nullable BigDecimal amount) {
        return amount != null && amount.signum() < 0;
    }

    private static String text(@Nullable BigDecimal number) {
        return number == null ? "none" : Decimals.plain(number);
    }

    private static Optional<Violation> wrong(
            String reason, String field, String value, String expected) {
        return Optional.of(new Violation(reason, field, value, expected));
    }

    /** In ascending order. */
    public List<Tier> list() {
        return tiers;
    }

    int size() {
        return tiers.size();
    }

    Tier get(int index) {
        return tiers.get(index);
    }

    /** The tier that a quantity falls into, from 0; one between two ranges falls into the upper. */
    int indexOf(BigDecimal quantity) {
        int last = tiers.size() - 1;
        for (int i = 0; i < last; i++) {
            if (holds(tiers.get(i), quantity)) {
                return i;
            }
        }
        return last;
    }

    private boolean holds(Tier tier, BigDecimal quantity) {
        BigDecimal upTo = tier.upTo();
        if (upTo == null) {
            return true;
        }
        int order = quantity.compareTo(upTo);
        return order < 0 || (order == 0 && end == TierEnd.INCLUSIVE);
    }
}
