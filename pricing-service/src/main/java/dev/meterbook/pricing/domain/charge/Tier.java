package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One step of a tiered price.
 *
 * @param above units of the tier are counted from here; usually the end of the tier before
 * @param upTo where it ends; none for a tier without end
 * @param unitAmount price of a unit; none if only the flat amount is owed
 * @param flatAmount owed once for the tier; none if it has no such fee
 */
public record Tier(
        BigDecimal above,
        @Nullable BigDecimal upTo,
        @Nullable BigDecimal unitAmount,
        @Nullable BigDecimal flatAmount) {

    /** What a number of units of this tier costs, without the flat amount. */
    BigDecimal usage(BigDecimal units) {
        return unitAmount == null ? BigDecimal.ZERO : unitAmount.multiply(units);
    }

    /** The flat amount, 0 if there is none. */
    BigDecimal fee() {
        return flatAmount == null ? BigDecimal.ZERO : flatAmount;
    }
}
