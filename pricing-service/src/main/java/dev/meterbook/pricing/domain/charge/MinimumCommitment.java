package dev.meterbook.pricing.domain.charge;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;

/**
 * A subscription's least revenue of a period, to which its fee and its usage count.
 *
 * @param minimum of a whole period
 * @param fee of a whole period
 * @param share of the period that is billed
 */
public record MinimumCommitment(BigDecimal minimum, BigDecimal fee, DayShare share) {

    /**
     * What is missing: minimum and fee by days, each rounded by itself, less usage; 0 if it is
     * reached.
     */
    public BigDecimal missing(BigDecimal used, CurrencyCode currency) {
        return share.of(minimum, currency)
                .subtract(share.of(fee, currency))
                .subtract(used)
                .max(BigDecimal.ZERO);
    }
}
