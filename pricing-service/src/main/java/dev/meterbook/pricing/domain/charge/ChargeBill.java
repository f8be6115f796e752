package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a part of a period owes.
 *
 * @param lines its lines
 * @param total what is owed; the sum of the lines' totals, rounded where the charge as a whole is
 */
public record ChargeBill(List<ChargeLine> lines, BigDecimal total) {

    /** Copies. */
    public ChargeBill {
        lines = List.copyOf(lines);
    }

    static BigDecimal sum(List<ChargeLine> lines) {
        return lines.stream().map(ChargeLine::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
