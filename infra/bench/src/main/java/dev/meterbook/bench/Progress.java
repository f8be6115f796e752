package dev.meterbook.bench;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * How many calls each stage has taken.
 *
 * @param metered calls in the usage log
 * @param rated calls rated, or found unpriced
 * @param booked calls posted, or noted as unpriced
 * @param rolledUp calls in the roll-up
 * @param counted calls counted in Redis
 */
public record Progress(long metered, long rated, long booked, long rolledUp, long counted) {

    /** What the slowest stage has taken. */
    public long slowest() {
        return Collections.min(List.of(rated, booked, rolledUp, counted));
    }

    /** How many calls the slowest stage is behind. */
    public long behind() {
        return Math.max(0, metered - slowest());
    }

    /** The slowest stage. */
    public String slowestStage() {
        return Map.of("rated", rated, "booked", booked, "rolled up", rolledUp, "counted", counted)
                .entrySet()
                .stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
