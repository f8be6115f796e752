package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.List;

/**
 * A fee for the period, whatever is used.
 *
 * @param amount the fee
 * @param due in which part of the period
 */
public record Flat(BigDecimal amount, FeeDue due) implements ChargeModel {

    @Override
    public BigDecimal total(BigDecimal quantity) {
        return amount;
    }

    @Override
    public List<LinePart> lines(Span span) {
        boolean isDue =
                switch (due) {
                    case IN_ADVANCE -> span.position().opens();
                    case IN_ARREARS -> span.position().closes();
                };
        return isDue ? List.of(LinePart.of("flat", amount, BigDecimal.ONE)) : List.of();
    }
}
