package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of what a charge model says, exact: before rounding, discounts and caps.
 *
 * @param ref what it is for, such as {@code tier 2 usage}
 * @param unitAmount price of one; none where the line sums up several prices
 * @param quantity how many
 * @param amount what they cost
 */
public record LinePart(
        String ref, @Nullable BigDecimal unitAmount, BigDecimal quantity, BigDecimal amount) {

    /** A quantity at a price. */
    static LinePart of(String ref, BigDecimal unitAmount, BigDecimal quantity) {
        return new LinePart(ref, unitAmount, quantity, unitAmount.multiply(quantity));
    }

    /** The same taken back. */
    LinePart negated() {
        return new LinePart(ref, unitAmount, quantity.negate(), amount.negate());
    }

    /** The later lines and the earlier ones taken back; what cancels out is left out. */
    static List<LinePart> difference(List<LinePart> later, List<LinePart> earlier) {
        Map<Key, LinePart> sums = new LinkedHashMap<>();
        later.forEach(part -> sums.merge(part.key(), part, LinePart::plus));
        earlier.forEach(part -> sums.merge(part.key(), part.negated(), LinePart::plus));
        List<LinePart> parts = new ArrayList<>(sums.values());
        parts.removeIf(part -> part.quantity.signum() == 0 && part.amount.signum() == 0);
        return parts;
    }

    private LinePart plus(LinePart other) {
        return new LinePart(
                ref, unitAmount, quantity.add(other.quantity), amount.add(other.amount));
    }

    private Key key() {
        return new Key(ref, unitAmount == null ? null : unitAmount.stripTrailingZeros());
    }

    private record Key(String ref, @Nullable BigDecimal unitAmount) {}
}
