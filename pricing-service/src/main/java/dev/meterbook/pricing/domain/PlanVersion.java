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
 * @param volumeRules charges by running quantity of the tenant; the first that prices a kind counts
 * @param spendTerms what periods are charged at least or at most; they work one after the other
 */
public record PlanVersion(
        int number,
        Validity validity,
        BigDecimal markupPercent,
        CurrencyCode currency,
        List<FixedPrices> fixedPrices,
        List<VolumeRule> volumeRules,
        List<SpendTerm> spendTerms) {

    /** A version that no running quantity and no spend decides. */
    public PlanVersion(
            int number,
            Validity validity,
            BigDecimal markupPercent,
            CurrencyCode currency,
            List<FixedPrices> fixedPrices) {
        this(number, validity, markupPercent, currency, fixedPrices, List.of(), List.of());
    }

    /** Copies, and strips trailing zeros. */
    public PlanVersion {
        markupPercent =
                markupPercent.signum() == 0 ? BigDecimal.ZERO : markupPercent.stripTrailingZeros();
        fixedPrices = List.copyOf(fixedPrices);
        volumeRules = List.copyOf(volumeRules);
        spendTerms = List.copyOf(spendTerms);
    }

    /** The same under another number. */
    public PlanVersion numbered(int newNumber) {
        return new PlanVersion(
                newNumber, validity, markupPercent, currency, fixedPrices, volumeRules, spendTerms);
    }
}
