package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Metered units become billed units, such as seconds hours, before anything is priced.
 *
 * @param operation whether to multiply or to divide
 * @param factor by what, above 0
 * @param rounding what becomes of a fraction
 */
public record UnitConversion(Operation operation, BigDecimal factor, Rounding rounding) {

    /** Digits after the point where a division without rounding has no end, such as by 3. */
    public static final int SCALE_OF_ENDLESS_DIVISION = 20;

    /** Leaves quantities as they are. */
    public static final UnitConversion NONE =
            new UnitConversion(Operation.MULTIPLY, BigDecimal.ONE, Rounding.NONE);

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the factor is not above 0
     */
    public UnitConversion {
        if (factor.signum() <= 0) {
            throw new IllegalArgumentException(
                    "unit_conversion.factor: " + factor + " (expected: above 0)");
        }
    }

    /** What is done with the factor. */
    public enum Operation {
        /** Billed units are metered units times the factor. */
        MULTIPLY,
        /** Billed units are metered units by the factor. */
        DIVIDE
    }

    /** What becomes of a fraction of a billed unit. */
    public enum Rounding {
        /** It stays. */
        NONE,
        /** It counts as a whole unit. */
        CEILING,
        /** It does not count. */
        FLOOR,
        /** It counts from one half on. */
        HALF_UP
    }

    /** The billed units of a number of metered units. */
    public BigDecimal billed(BigDecimal metered) {
        return switch (rounding) {
            case NONE -> exact(metered);
            case CEILING -> whole(metered, RoundingMode.CEILING);
            case FLOOR -> whole(metered, RoundingMode.FLOOR);
            case HALF_UP -> whole(metered, RoundingMode.HALF_UP);
        };
    }

    private BigDecimal exact(BigDecimal metered) {
        return switch (operation) {
            case MULTIPLY -> metered.multiply(factor);
            case DIVIDE -> quotient(metered);
        };
    }

    /** Exact where the division ends by itself. */
    private BigDecimal quotient(BigDecimal metered) {
        try {
            return metered.divide(factor);
        } catch (ArithmeticException endless) {
            return metered.divide(factor, SCALE_OF_ENDLESS_DIVISION, RoundingMode.HALF_EVEN);
        }
    }

    private BigDecimal whole(BigDecimal metered, RoundingMode mode) {
        return switch (operation) {
            case MULTIPLY -> metered.multiply(factor).setScale(0, mode);
            case DIVIDE -> metered.divide(factor, 0, mode);
        };
    }
}
