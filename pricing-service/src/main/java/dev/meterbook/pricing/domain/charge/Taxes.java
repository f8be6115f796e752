package dev.meterbook.pricing.domain.charge;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;
import java.util.List;

/**
 * Tax rates on the same amount, each rounded on its own.
 *
 * @param percents the rates
 */
public record Taxes(List<BigDecimal> percents) {

    /** Copies. */
    public Taxes {
        percents = List.copyOf(percents);
    }

    /** What each rate comes to, in their order. */
    public List<BigDecimal> on(BigDecimal amount, CurrencyCode currency) {
        return percents.stream()
                .map(percent -> MoneyRounding.percentOf(amount, percent))
                .map(tax -> MoneyRounding.HALF_UP.round(tax, currency))
                .toList();
    }
}
