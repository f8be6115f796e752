package dev.meterbook.pricing.application.conformance;

import java.math.BigDecimal;
import java.util.List;

/**
 * What the engine says of a case.
 *
 * @param amount what the line, run or invoice owes
 * @param runs the amount of every run; empty where there are no runs
 * @param lines the lines
 */
record Got(BigDecimal amount, List<BigDecimal> runs, List<GotLine> lines) {

    static Got of(BigDecimal amount, List<GotLine> lines) {
        return new Got(amount, List.of(), lines);
    }

    static Got of(BigDecimal amount) {
        return of(amount, List.of());
    }
}
