package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;

/**
 * A spend that was promised for a window: up to it usage costs what it costs, beyond it a factor of
 * that, and what is missing to it may be owed as well.
 *
 * @param amount what was promised
 * @param overageFactor what usage beyond it is multiplied with
 * @param shortfall whether what is missing is owed
 */
public record Commitment(BigDecimal amount, BigDecimal overageFactor, Shortfall shortfall) {

    /** Whether what is missing to a commitment is owed. */
    public enum Shortfall {
        /** It is. */
        OWED,
        /** Only usage is. */
        WAIVED
    }

    /**
     * What a window owes.
     *
     * @param covered usage within the commitment
     * @param overage usage beyond it, times the factor
     * @param trueUp what is missing to it, where that is owed
     */
    public record Owed(BigDecimal covered, BigDecimal overage, BigDecimal trueUp) {

        /** Nothing. */
        public static final Owed NOTHING =
                new Owed(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

        /** Both together. */
        public Owed plus(Owed other) {
            return new Owed(
                    covered.add(other.covered),
                    overage.add(other.overage),
                    trueUp.add(other.trueUp));
        }

        /** All of it. */
        public BigDecimal total() {
            return covered.add(overage).add(trueUp);
        }
    }

    /** What usage of an amount owes in one window. */
    public Owed owed(BigDecimal used) {
        BigDecimal covered = used.min(amount);
        BigDecimal overage = used.subtract(covered).multiply(overageFactor);
        return switch (shortfall) {
            case OWED -> new Owed(covered, overage, missing(used));
            case WAIVED -> new Owed(covered, overage, BigDecimal.ZERO);
        };
    }

    /** What is missing to the commitment, 0 if it is reached. */
    public BigDecimal missing(BigDecimal used) {
        return amount.subtract(used).max(BigDecimal.ZERO);
    }
}
