package dev.meterbook.pricing.domain.charge;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;

/**
 * What is given back of an amount that was billed.
 *
 * @param amount that was billed, without tax
 * @param unused share of the period that is given back
 * @param taxPercent rate that was billed on top
 */
public record CreditNote(BigDecimal amount, DayShare unused, BigDecimal taxPercent) {

    /** The amount, rounded. */
    public BigDecimal net(CurrencyCode currency) {
        return unused.of(amount, currency);
    }

    /** The tax on the amount before that was rounded, rounded on its own. */
    public BigDecimal tax(CurrencyCode currency) {
        return unused.percentOf(amount, taxPercent, currency);
    }
}
