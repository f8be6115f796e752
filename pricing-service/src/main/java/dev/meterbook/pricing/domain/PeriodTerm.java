package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.pricing.domain.charge.DayShare;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A spend term with the moments at which it holds, so that it can be shared by days. */
final class PeriodTerm {

    private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);

    private final SpendTerm term;
    private final CurrencyCode currency;

    /** When the contract or plan has a term of this id, in ascending order. */
    private final List<Validity> held;

    private volatile @Nullable InPeriod known;

    /**
     * The term in a period.
     *
     * @param period the calendar period
     * @param term the term with the amounts of this period
     */
    record InPeriod(Validity period, SpendTerm term) {

        long startMicros() {
            return period.fromMicros();
        }
    }

    private PeriodTerm(SpendTerm term, CurrencyCode currency, List<Validity> held) {
        this.term = term;
        this.currency = currency;
        this.held = held;
    }

    static PeriodTerm of(
            SpendTerm term, CurrencyCode currency, List<Timeline.Span<List<SpendTerm>>> all) {
        List<Validity> held =
                all.stream()
                        .filter(
                                span ->
                                        span.value().stream()
                                                .anyMatch(each -> each.id().equals(term.id())))
                        .map(Timeline.Span::validity)
                        .toList();
        return new PeriodTerm(term, currency, held);
    }

    String id() {
        return term.id();
    }

    VolumePeriod period() {
        return term.period();
    }

    /** The term in the period that holds a moment; most calls are of the same as the one before. */
    InPeriod at(long micros) {
        InPeriod now = known;
        if (now == null || !now.period.includes(micros)) {
            Validity period = term.period().holding(micros);
            now = new InPeriod(period, term.shared(share(period), currency));
            known = now;
        }
        return now;
    }

    private DayShare share(Validity period) {
        if (term.proration() == SpendTerm.Proration.WHOLE_PERIOD
                || term.period() == VolumePeriod.CONTRACT) {
            return DayShare.WHOLE;
        }
        long ofDays = (period.untilMicros() - period.fromMicros()) / DAY_MICROS;
        long days = days(period);
        return days == ofDays
                ? DayShare.WHOLE
                : new DayShare(BigDecimal.valueOf(days), BigDecimal.valueOf(ofDays));
    }

    /** Days on which the term holds at any moment. */
    private long days(Validity period) {
        long days = 0;
        long next = Long.MIN_VALUE;
        for (Validity each : held) {
            Validity part = each.intersect(period);
            if (!part.isEmpty()) {
                long first = Math.max(next, Math.floorDiv(part.fromMicros(), DAY_MICROS));
                next = Math.floorDiv(part.untilMicros() - 1, DAY_MICROS) + 1;
                days += next - Math.min(first, next);
            }
        }
        return days;
    }
}
