package dev.meterbook.pricing.domain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A period of a spend term that is over.
 *
 * @param key what was counted in it
 * @param period its moments within the contract or plan
 * @param version the version that holds at its last moment
 * @param term the term as it holds for this period
 */
public record ClosedPeriod(SpendKey key, Validity period, String version, SpendTerm term) {

    /** True if it is of the operator's plan, which tenants without a call owe nothing under. */
    public boolean isOnlyForSpenders() {
        return version.startsWith(PlanHistory.GENERAL);
    }

    /** What it owes beside its calls. */
    public SpendTerm.Due due(BigDecimal gross, BigDecimal owed) {
        return term.due(gross, owed);
    }

    /**
     * The periods of one contract or plan that a month asks for and that are over: the month, its
     * year, and the whole if it ends in the month.
     *
     * @param life from the first moment of the contract or plan to its end
     * @param terms what holds at a moment
     */
    static List<ClosedPeriod> of(
            String owner,
            Validity life,
            LongFunction<SpendTerms> terms,
            Validity month,
            long nowMicros) {
        List<ClosedPeriod> closed = new ArrayList<>();
        for (VolumePeriod each : VolumePeriod.values()) {
            Validity period = each.holding(month.fromMicros()).intersect(life);
            boolean isOver = !period.isEmpty() && period.untilMicros() <= nowMicros;
            if (isOver && isAsked(each, period, month)) {
                add(owner, each, period, terms.apply(period.untilMicros() - 1), closed);
            }
        }
        return closed;
    }

    /** True if a month asks for a period. */
    public static boolean isAsked(VolumePeriod kind, Validity period, Validity month) {
        return kind != VolumePeriod.CONTRACT || month.includes(period.untilMicros() - 1);
    }

    private static void add(
            String owner,
            VolumePeriod kind,
            Validity period,
            SpendTerms terms,
            List<ClosedPeriod> closed) {
        long last = period.untilMicros() - 1;
        for (PeriodTerm each : terms.terms()) {
            if (each.period() == kind) {
                closed.add(
                        new ClosedPeriod(
                                terms.key(owner, each, last),
                                period,
                                terms.version(),
                                each.at(last).term()));
            }
        }
    }
}
