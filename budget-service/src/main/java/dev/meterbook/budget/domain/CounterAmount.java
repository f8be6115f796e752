package dev.meterbook.budget.domain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.stream.LongStream;

/**
 * An amount as the counters hold it: whole units, and a fraction of 15 decimal digits. Both halves
 * are integers that a binary floating-point number holds exactly (below 2^53), because the counter
 * script knows no other numbers. What has more than 15 digits after the point is rounded up: a
 * counter may be too high by less than 10^-15 for each call, never too low.
 *
 * @param units whole units, rounded down: -9 to 9 million billions
 * @param fraction what is above them, in units of 10^-15: 0 to 999,999,999,999,999
 */
public record CounterAmount(long units, long fraction) {

    /** Digits after the point. */
    public static final int SCALE = 15;

    /** The most units; what is above is cut, far beyond every limit. */
    public static final long MAX_UNITS = 9_000_000_000_000_000L;

    /** Nothing. */
    public static final CounterAmount ZERO = new CounterAmount(0, 0);

    private static final long PER_UNIT = 1_000_000_000_000_000L;
    private static final BigInteger BIG_PER_UNIT = BigInteger.valueOf(PER_UNIT);

    /** Numbers of so many digits are below {@link #MAX_UNITS}, whatever their scale. */
    private static final int LONG_DIGITS = 15;

    private static final long[] POWERS_OF_TEN =
            LongStream.iterate(1, power -> power * 10).limit(SCALE + 1).toArray();

    /** Checks the ranges. */
    public CounterAmount {
        if (Math.absExact(units) > MAX_UNITS || fraction < 0 || fraction >= PER_UNIT) {
            throw new IllegalArgumentException(
                    "counter: " + units + ":" + fraction + " (expected: 15 digits each)");
        }
    }

    /** The amount, rounded up to 15 digits after the point. */
    public static CounterAmount ceiling(BigDecimal value) {
        if (value.precision() <= LONG_DIGITS && value.scale() >= 0 && value.scale() <= SCALE) {
            long unscaled = value.unscaledValue().longValue();
            long perUnit = POWERS_OF_TEN[value.scale()];
            return new CounterAmount(
                    Math.floorDiv(unscaled, perUnit),
                    Math.floorMod(unscaled, perUnit) * POWERS_OF_TEN[SCALE - value.scale()]);
        }
        return ceilingOfAny(value);
    }

    private static CounterAmount ceilingOfAny(BigDecimal value) {
        BigInteger scaled = value.setScale(SCALE, RoundingMode.CEILING).unscaledValue();
        BigInteger fraction = scaled.mod(BIG_PER_UNIT);
        BigInteger units = scaled.subtract(fraction).divide(BIG_PER_UNIT);
        if (units.bitLength() > 62 || Math.absExact(units.longValue()) >= MAX_UNITS) {
            return new CounterAmount(units.signum() < 0 ? -MAX_UNITS : MAX_UNITS, 0);
        }
        return new CounterAmount(units.longValue(), fraction.longValue());
    }

    /** A number of whole units. */
    public static CounterAmount of(long units) {
        return new CounterAmount(Math.clamp(units, -MAX_UNITS, MAX_UNITS), 0);
    }

    /** The sum. */
    public CounterAmount plus(CounterAmount other) {
        long sum = fraction + other.fraction;
        long carry = sum >= PER_UNIT ? 1 : 0;
        return new CounterAmount(
                Math.clamp(units + other.units + carry, -MAX_UNITS, MAX_UNITS),
                sum - carry * PER_UNIT);
    }

    /** True for nothing. */
    public boolean isZero() {
        return units == 0 && fraction == 0;
    }

    /** As a decimal number. */
    public BigDecimal value() {
        return BigDecimal.valueOf(units).add(BigDecimal.valueOf(fraction, SCALE));
    }
}
