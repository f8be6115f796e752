package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.List;

/**
 * The quantity is money itself, such as a cost that is passed on; it is owed times a factor.
 *
 * @param multiplier 1.2 for a mark-up of 20 %; 0.01 where the quantity is in cents
 */
public record Markup(BigDecimal multiplier) implements ChargeModel {

    @Override
    public BigDecimal total(BigDecimal quantity) {
        return multiplier.multiply(quantity);
    }

    @Override
    public List<LinePart> lines(Span span) {
        BigDecimal amount = total(span.quantity());
        return amount.signum() == 0
                ? List.of()
                : List.of(LinePart.of("usage", amount, BigDecimal.ONE));
    }
}
