package dev.meterbook.budget.domain;

import dev.meterbook.budget.domain.BudgetEvent.ThresholdReached;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which thresholds were reached in which window, so that none is alerted twice. Only the newest
 * windows are remembered: more than are kept in the counters.
 *
 * @param byWindow percentages by start of window
 */
public record AlertHistory(NavigableMap<Instant, Set<Integer>> byWindow) {

    /** Windows remembered: those of an hourly budget for more than a week. */
    public static final int MAX_WINDOWS = 200;

    /** Nothing reached. */
    public static final AlertHistory NONE = new AlertHistory(Collections.emptyNavigableMap());

    /** True if the threshold was reached in the window. */
    public boolean contains(Instant windowStart, int percent) {
        return byWindow.getOrDefault(windowStart, Set.of()).contains(percent);
    }

    /** With one more. */
    AlertHistory plus(ThresholdReached reached) {
        NavigableMap<Instant, Set<Integer>> more = new TreeMap<>(byWindow);
        Set<Integer> percents = new TreeSet<>(more.getOrDefault(reached.windowStart(), Set.of()));
        percents.add(reached.percent());
        more.put(reached.windowStart(), Collections.unmodifiableSet(percents));
        while (more.size() > MAX_WINDOWS) {
            more.pollFirstEntry();
        }
        return new AlertHistory(Collections.unmodifiableNavigableMap(more));
    }
}
