package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is billed: a part of a period, or all of it.
 *
 * @param quantity used in this part, in metered units
 * @param prior used before in the period
 * @param position which part it is
 * @param alreadyBilled amount that the parts before came to
 * @param credits prepaid amounts, used in this order
 * @param fullQuantity the quantity that decides the tier of a whole-volume price where only a share
 *     of it is billed; none for the quantity itself
 */
public record PeriodPart(
        BigDecimal quantity,
        BigDecimal prior,
        Position position,
        BigDecimal alreadyBilled,
        List<BigDecimal> credits,
        @Nullable BigDecimal fullQuantity) {

    /** Copies. */
    public PeriodPart {
        credits = List.copyOf(credits);
    }

    /** A whole period. */
    public static PeriodPart whole(BigDecimal quantity) {
        return new PeriodPart(
                quantity, BigDecimal.ZERO, Position.SINGLE, BigDecimal.ZERO, List.of(), null);
    }
}
