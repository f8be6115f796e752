package dev.meterbook.pricing.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Cuts time where what counts changes. */
final class Timeline {

    private Timeline() {}

    /**
     * Something that holds for some time.
     *
     * @param validity the moments
     * @param value what holds
     * @param <T> its kind
     */
    record Span<T>(Validity validity, T value) {}

    /**
     * What counts when, in ascending order and without overlap: at each moment the first that
     * holds.
     */
    static <T> List<Span<T>> of(List<Span<T>> firstCounts) {
        TreeSet<Long> bounds = new TreeSet<>();
        for (Span<T> span : firstCounts) {
            if (!span.validity.isEmpty()) {
                bounds.add(span.validity.fromMicros());
                bounds.add(span.validity.untilMicros());
            }
        }
        List<Span<T>> cut = new ArrayList<>();
        for (Long from : bounds) {
            Long until = bounds.higher(from);
            if (until != null) {
                add(firstCounts, new Validity(from, until), cut);
            }
        }
        return List.copyOf(cut);
    }

    private static <T> void add(List<Span<T>> spans, Validity moments, List<Span<T>> cut) {
        for (Span<T> span : spans) {
            if (span.validity.includes(moments.fromMicros())) {
                cut.add(new Span<>(moments, span.value));
                return;
            }
        }
    }
}
