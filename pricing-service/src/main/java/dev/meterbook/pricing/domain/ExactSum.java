package dev.meterbook.pricing.domain;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An exact sum of products, the same to the last digit as that of {@link BigDecimal}. As long as it
 * fits into a {@code long} and its digits after the point, nothing is made but the {@link #total};
 * what does not fit goes on as a {@code BigDecimal}. For one thread.
 */
final class ExactSum {

    /** Digits after the point that a {@code long} can have. */
    static final int MAX_SHORT_SCALE = 18;

    /** Says that a product or sum does not fit; no sum comes to it otherwise. */
    private static final long TOO_LARGE = Long.MIN_VALUE;

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private long unscaled;
    private int scale;

    /** What did not fit. */
    private @Nullable BigDecimal rest;

    private static long[] powersOfTen() {
        long[] powers = new long[MAX_SHORT_SCALE + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }

    /** Adds what so many units cost. */
    void add(UnitAmount unit, long quantity) {
        if (!unit.isShort() || !addShort(product(unit.unscaled(), quantity), unit.scale())) {
            add(unit.times(quantity));
        }
    }

    /** Adds an amount. */
    void add(BigDecimal amount) {
        rest = rest == null ? amount : rest.add(amount);
    }

    private boolean addShort(long amount, int amountScale) {
        int common = Math.max(scale, amountScale);
        long mine = product(unscaled, POWERS_OF_TEN[common - scale]);
        long other = product(amount, POWERS_OF_TEN[common - amountScale]);
        if (mine == TOO_LARGE || other == TOO_LARGE) {
            return false;
        }
        long sum = mine + other;
        boolean overflows = ((mine ^ sum) & (other ^ sum)) < 0;
        if (overflows || sum == TOO_LARGE) {
            return false;
        }
        unscaled = sum;
        scale = common;
        return true;
    }

    private static long product(long one, long other) {
        long product = one * other;
        return Math.multiplyHigh(one, other) == product >> 63 ? product : TOO_LARGE;
    }

    /** The sum, with as many digits after the point as the addend that has most of them. */
    BigDecimal total() {
        BigDecimal shortSum = BigDecimal.valueOf(unscaled, scale);
        return rest == null ? shortSum : shortSum.add(rest);
    }
}
