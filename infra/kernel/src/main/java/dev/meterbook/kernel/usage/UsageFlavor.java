package dev.meterbook.kernel.usage;

import dev.meterbook.kernel.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of body says what was used. The way of counting is data: a total that leaves some
 * parts out is the sum of several counts.
 *
 * @param provider the provider, such as {@code openai}
 * @param flavor the kind of body, such as {@code responses}
 * @param root where the usage begins in the body
 * @param models where the body names its model; the first place that has a text counts
 * @param counts where the counts are
 * @param signs what tells that the answer was not finished
 */
public record UsageFlavor(
        String provider,
        String flavor,
        UsagePath root,
        List<UsagePath> models,
        List<UsageCount> counts,
        List<PartialSign> signs) {

    /** Copies. */
    public UsageFlavor {
        models = List.copyOf(models);
        counts = List.copyOf(counts);
        signs = List.copyOf(signs);
    }

    /**
     * A text in the body that tells that the answer was not finished.
     *
     * @param path where, from the beginning of the body
     * @param match what stands there then
     */
    public record PartialSign(UsagePath path, TextMatch match) {}

    /**
     * Reads a body.
     *
     * @param body a tree of {@link Map}, {@link List}, {@link String}, {@link Number}, {@link
     *     Boolean} and null
     */
    public Reading read(@Nullable Object body) {
        UsageTotals totals = new UsageTotals();
        Object usage = root.find(body, totals::refuse);
        if (!(usage instanceof Map<?, ?>)) {
            totals.refuse(missing(root, "USAGE_MISSING", "an object with the usage"));
        }
        boolean isPartial = signs.stream().anyMatch(sign -> isSeen(sign, body));
        for (UsageCount count : counts) {
            isPartial |= add(count, usage, totals);
        }
        if (totals.isEmpty()) {
            totals.refuse(missing(root, "USAGE_MISSING", "at least one count"));
        }
        return totals.read(
                model(body),
                isPartial ? Reading.Completeness.PARTIAL : Reading.Completeness.COMPLETE);
    }

    /** Adds a count; true if it tells that the usage is partial. */
    private boolean add(UsageCount count, @Nullable Object usage, UsageTotals totals) {
        Object value =
                usage == null
                        ? null
                        : count.path().find(usage, fault -> totals.refuse(below(fault)));
        if (value != null) {
            totals.add(count.unit(), root.then(count.path()).toString(), value);
            return count.presence() == UsageCount.Presence.SO_FAR;
        }
        return switch (count.presence()) {
            case OPTIONAL -> false;
            case FINAL, SO_FAR -> true;
            case REQUIRED -> {
                totals.refuse(missing(root.then(count.path()), "COUNT_MISSING", "a count"));
                yield false;
            }
        };
    }

    /** A fault below the root, with its place in the body. */
    private Violation below(Violation fault) {
        return new Violation(
                fault.reason(),
                root.then(UsagePath.of(fault.field())).toString(),
                fault.value(),
                fault.expected());
    }

    private static Violation missing(UsagePath path, String reason, String expected) {
        return new Violation(reason, path.toString(), "missing", expected);
    }

    private static boolean isSeen(PartialSign sign, @Nullable Object body) {
        return sign.path().find(body, _ -> {}) instanceof String text && sign.match().matches(text);
    }

    private @Nullable String model(@Nullable Object body) {
        for (UsagePath path : models) {
            if (path.find(body, _ -> {}) instanceof String text && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }
}
