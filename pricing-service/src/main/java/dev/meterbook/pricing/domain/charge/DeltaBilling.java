package dev.meterbook.pricing.domain.charge;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bills usage that becomes known bit by bit. Each run rates all usage as it is known by then and
 * books the difference to what the runs before have booked: of the same line the difference, of a
 * line that is no more its reversal. Each difference belongs to the period whose usage caused it.
 * What was rounded is compared, so all runs together come to the rounded total.
 */
public final class DeltaBilling {

    private final Charge charge;
    private final CurrencyCode currency;

    /** Lines by period, from 1 at index 0, as the runs so far have booked them. */
    private List<Map<ChargeLine.Key, ChargeLine>> booked = List.of();

    /** Nothing is booked yet. */
    public DeltaBilling(Charge charge, CurrencyCode currency) {
        this.charge = charge;
        this.currency = currency;
    }

    /** Whether more runs of the same periods are to come. */
    public enum Run {
        /** Usage may still arrive, so the minimum is not owed yet. */
        INTERIM,
        /** The last one: now the minimum is owed. */
        FINAL
    }

    /**
     * Rates anew and books the differences.
     *
     * @param cumulated by period, what was used from the first period to the end of this one
     * @param run whether it is the last one
     * @return the differences, none where nothing has changed
     */
    public List<PeriodLine> run(List<BigDecimal> cumulated, Run run) {
        List<Map<ChargeLine.Key, ChargeLine>> targets = new ArrayList<>();
        for (int i = 0; i < cumulated.size(); i++) {
            boolean minimumDue = run == Run.FINAL && i == cumulated.size() - 1;
            Charge rated = minimumDue ? charge : charge.withoutMinimum();
            add(targets, rated.bill(PeriodPart.whole(cumulated.get(i)), currency).lines());
        }
        List<PeriodLine> differences = differences(targets);
        booked = targets;
        return differences;
    }

    /** What a run owes. */
    public static BigDecimal total(List<PeriodLine> lines) {
        return lines.stream()
                .map(each -> each.line().total())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * A line that is no more leaves all earlier periods; of the others the period adds the rest.
     */
    private static void add(List<Map<ChargeLine.Key, ChargeLine>> targets, List<ChargeLine> lines) {
        Map<ChargeLine.Key, ChargeLine> own = new LinkedHashMap<>();
        lines.forEach(line -> own.merge(line.key(), line, ChargeLine::plus));
        for (Map<ChargeLine.Key, ChargeLine> earlier : targets) {
            earlier.keySet().retainAll(own.keySet());
        }
        for (Map<ChargeLine.Key, ChargeLine> earlier : targets) {
            earlier.forEach((key, line) -> own.merge(key, line.negated(), ChargeLine::plus));
        }
        targets.add(own);
    }

    private List<PeriodLine> differences(List<Map<ChargeLine.Key, ChargeLine>> targets) {
        List<PeriodLine> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(targets.size(), booked.size()); i++) {
            Map<ChargeLine.Key, ChargeLine> target = at(targets, i);
            Map<ChargeLine.Key, ChargeLine> before = at(booked, i);
            Set<ChargeLine.Key> keys = new LinkedHashSet<>(target.keySet());
            keys.addAll(before.keySet());
            for (ChargeLine.Key key : keys) {
                ChargeLine line = difference(target.get(key), before.get(key));
                if (!line.isInvisible()) {
                    differences.add(new PeriodLine(i + 1, line));
                }
            }
        }
        return differences;
    }

    private static Map<ChargeLine.Key, ChargeLine> at(
            List<Map<ChargeLine.Key, ChargeLine>> periods, int index) {
        return index < periods.size() ? periods.get(index) : Map.of();
    }

    private static ChargeLine difference(@Nullable ChargeLine now, @Nullable ChargeLine before) {
        if (now == null) {
            return Objects.requireNonNull(before).negated();
        }
        return before == null ? now : now.plus(before.negated());
    }
}
