package dev.meterbook.pricing.intake;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.pricing.domain.Rating;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What rating calls anew came to: counts, and exact sums of the differences by currency. */
public final class ReRated {

    private final Map<String, BigDecimal> costs = new TreeMap<>();
    private final Map<String, BigDecimal> charges = new TreeMap<>();
    private long examined;
    private long corrected;
    private long unpriced;
    private long waiting;
    private long position;
    private long end;
    private boolean complete;

    ReRated() {}

    void addExamined() {
        examined++;
    }

    /** A call that has a price, but would have none by the prices of today. */
    void addUnpriced() {
        unpriced++;
    }

    /** A call that never had a price. */
    void addWaiting() {
        waiting++;
    }

    void addCorrected(Iterable<Rating.Rated> differences) {
        corrected++;
        for (Rating.Rated each : differences) {
            add(costs, each.source().currency(), each.billedCost());
            add(charges, each.chargeCurrency(), each.charge());
        }
    }

    private static void add(
            Map<String, BigDecimal> sums, CurrencyCode currency, BigDecimal difference) {
        sums.merge(currency.code(), difference, BigDecimal::add);
    }

    void reached(long usagePosition, long endPosition, boolean isEnd) {
        position = usagePosition;
        end = Math.max(endPosition, usagePosition);
        complete = isEnd;
    }

    void addAll(ReRated other) {
        examined += other.examined;
        corrected += other.corrected;
        unpriced += other.unpriced;
        waiting += other.waiting;
        other.costs.forEach((currency, sum) -> costs.merge(currency, sum, BigDecimal::add));
        other.charges.forEach((currency, sum) -> charges.merge(currency, sum, BigDecimal::add));
    }

    /** Calls in the scope that were rated anew. */
    public long examined() {
        return examined;
    }

    /** Calls whose rating differs. */
    public long corrected() {
        return corrected;
    }

    /** Calls that keep their rating though they would have no price now. */
    public long unpriced() {
        return unpriced;
    }

    /** Calls in the scope that still wait for their first price. */
    public long waiting() {
        return waiting;
    }

    /** Sums of the differences of what providers bill, by currency. */
    public Map<String, BigDecimal> costs() {
        return Collections.unmodifiableMap(costs);
    }

    /** Sums of the differences of what tenants owe, by currency. */
    public Map<String, BigDecimal> charges() {
        return Collections.unmodifiableMap(charges);
    }

    /** Up to where the usage log was looked at. */
    public long position() {
        return position;
    }

    /** Where the rated part of the usage log ends. */
    public long end() {
        return end;
    }

    /** True if nothing is left to look at. */
    public boolean isComplete() {
        return complete;
    }
}
