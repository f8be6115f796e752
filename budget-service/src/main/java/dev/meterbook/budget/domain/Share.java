package dev.meterbook.budget.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How much of a limit is used. Never rounds up: 99.999 % is not 100 %. */
public final class Share {

    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);
    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

    private Share() {}

    /** True if spend is at least a percentage of the limit; of a limit of 0, if there is any. */
    public static boolean hasReached(Amount spent, Amount limit, int percent) {
        return spent.value().signum() > 0
                && spent.value()
                                .multiply(PERCENT)
                                .compareTo(limit.value().multiply(BigDecimal.valueOf(percent)))
                        >= 0;
    }

    /**
     * Hundredths of a percent, rounded down; 0 for negative spend, at most {@link
     * Integer#MAX_VALUE}, which is also what any spend is of a limit of 0.
     */
    public static int basisPoints(Amount spent, Amount limit) {
        if (spent.value().signum() <= 0) {
            return 0;
        }
        if (limit.value().signum() == 0) {
            return Integer.MAX_VALUE;
        }
        BigDecimal share =
                spent.value().multiply(BASIS_POINTS).divide(limit.value(), 0, RoundingMode.DOWN);
        return share.min(MOST).intValueExact();
    }
}
