package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a tenant pays from some moment on: cost plus mark-up, or fixed prices where there are any.
 *
 * @param number number of the version, from 1; 0 while it is only proposed
 * @param validity when it holds
 * @param markupPercent what is added to the billed cost
 * @param currency the charge's currency; calls that cost another currency are not priced
 * @param fixedPrices prices that stand in for cost and mark-up
 */
public record PlanVersion(
        int number,
        Validity validity,
        BigDecimal markupPercent,
        CurrencyCode currency,
        List<FixedPrices> fixedPrices) {

    /** Copies, and strips trailing zeros. */
    public PlanVersion {
        markupPercent =
                markupPercent.signum() == 0 ? BigDecimal.ZERO : markupPercent.stripTrailingZeros();
        fixedPrices = List.copyOf(fixedPrices);
    }

    /** The same under another number. */
    public PlanVersion numbered(int newNumber) {
        return new PlanVersion(newNumber, validity, markupPercent, currency, fixedPrices);
    }
}
