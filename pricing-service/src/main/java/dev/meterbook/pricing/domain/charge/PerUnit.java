package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.List;

/**
 * Each unit at the same price.
 *
 * @param unitAmount price of a unit
 */
public record PerUnit(BigDecimal unitAmount) implements ChargeModel {

    @Override
    public BigDecimal total(BigDecimal quantity) {
        return unitAmount.multiply(quantity);
    }

    @Override
    public BigDecimal amountBetween(BigDecimal prior, BigDecimal after) {
        return unitAmount.multiply(after.subtract(prior));
    }

    @Override
    public List<LinePart> lines(Span span) {
        return span.quantity().signum() == 0
                ? List.of()
                : List.of(LinePart.of("usage", unitAmount, span.quantity()));
    }
}
