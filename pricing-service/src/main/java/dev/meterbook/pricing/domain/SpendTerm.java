package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.pricing.domain.charge.Commitment;
import dev.meterbook.pricing.domain.charge.DayShare;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a period costs at least or at most, and what spend was promised for it. Maximum and overage
 * act on each call when it is rated; what is missing to the minimum or the commitment is owed when
 * the period is over.
 *
 * @param id unique in the contract or plan; a version that has a term of the same id goes on
 *     counting
 * @param period when counting starts anew
 * @param minimum what a period owes at least; null for none
 * @param maximum what the calls of a period owe at most; null for no limit
 * @param commitment the spend promised; null for none
 * @param proration what a period owes in which the term holds for some days only
 */
public record SpendTerm(
        String id,
        VolumePeriod period,
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum,
        @Nullable Commitment commitment,
        Proration proration) {

    /** What a period owes in which the term holds for some days only. */
    public enum Proration {
        /** As much as a whole period. */
        WHOLE_PERIOD,
        /** All amounts are shared by days. */
        BY_DAYS
    }

    /** Why a period owes something beside its calls. */
    public enum Reason {
        /** The calls came to less than the minimum. */
        MINIMUM,
        /** The calls came to less than the commitment. */
        COMMITMENT_SHORTFALL
    }

    /**
     * What a period owes beside its calls.
     *
     * @param reason why
     * @param amount how much, from 0
     */
    public record Due(Reason reason, BigDecimal amount) {}

    /** Strips trailing zeros, so that equal terms are equal records. */
    public SpendTerm {
        minimum = minimum == null ? null : Amounts.stripped(minimum);
        maximum = maximum == null ? null : Amounts.stripped(maximum);
        commitment =
                commitment == null
                        ? null
                        : new Commitment(
                                Amounts.stripped(commitment.amount()),
                                Amounts.stripped(commitment.overageFactor()),
                                commitment.shortfall());
    }

    /** The same for some days of a period. */
    SpendTerm shared(DayShare share, CurrencyCode currency) {
        if (share.equals(DayShare.WHOLE)) {
            return this;
        }
        return new SpendTerm(
                id,
                period,
                minimum == null ? null : share.of(minimum, currency),
                maximum == null ? null : share.of(maximum, currency),
                commitment == null
                        ? null
                        : new Commitment(
                                share.of(commitment.amount(), currency),
                                commitment.overageFactor(),
                                commitment.shortfall()),
                proration);
    }

    /** What calls that come to an amount owe: overage times its factor, all of it capped. */
    public BigDecimal owed(BigDecimal gross) {
        BigDecimal owed = gross;
        if (commitment != null) {
            Commitment.Owed parts = commitment.owed(gross);
            owed = parts.covered().add(parts.overage());
        }
        return maximum == null ? owed : owed.min(maximum);
    }

    /**
     * What the period owes beside its calls: what is missing to the commitment or to the minimum,
     * whichever is more.
     *
     * @param gross what the calls came to, before cap and overage
     * @param owed what the calls came to
     */
    public Due due(BigDecimal gross, BigDecimal owed) {
        BigDecimal shortfall = shortfall(gross);
        BigDecimal toMinimum =
                minimum == null ? BigDecimal.ZERO : minimum.subtract(owed).max(BigDecimal.ZERO);
        boolean isShortfall =
                commitment != null
                        && (minimum == null || shortfall.signum() > 0)
                        && shortfall.compareTo(toMinimum) >= 0;
        return isShortfall
                ? new Due(Reason.COMMITMENT_SHORTFALL, shortfall)
                : new Due(Reason.MINIMUM, toMinimum);
    }

    private BigDecimal shortfall(BigDecimal gross) {
        return commitment == null ? BigDecimal.ZERO : commitment.owed(gross).trueUp();
    }
}
