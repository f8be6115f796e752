package dev.meterbook.kernel.usage;

import dev.meterbook.kernel.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to a value in a body, such as {@code usage/prompt_tokens_details/cached_tokens} or {@code
 * promptTokensDetails[modality=TEXT]/tokenCount}.
 *
 * @param steps the steps, in order; none for the body itself
 */
public record UsagePath(List<Step> steps) {

    /** The most steps of a path. */
    public static final int MAX_STEPS = 8;

    /** Copies. */
    public UsagePath {
        steps = List.copyOf(steps);
    }

    /** One step. */
    public sealed interface Step {

        /**
         * To a field of an object.
         *
         * @param name the field
         */
        record Field(String name) implements Step {}

        /**
         * To the first entry of a list whose field meets a condition.
         *
         * @param field a field of the entries that holds a text
         * @param match the condition
         */
        record FirstWhere(String field, TextMatch match) implements Step {}
    }

    /** A path of fields, and entries of lists as {@code list[field=text]}. */
    public static UsagePath of(String text) {
        List<Step> steps = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split("/", -1)) {
            int bracket = part.indexOf('[');
            if (bracket < 0) {
                steps.add(new Step.Field(part));
            } else {
                int equal = part.indexOf('=');
                steps.add(new Step.Field(part.substring(0, bracket)));
                steps.add(
                        new Step.FirstWhere(
                                part.substring(bracket + 1, equal),
                                new TextMatch.Equal(part.substring(equal + 1, part.length() - 1))));
            }
        }
        return new UsagePath(steps);
    }

    /**
     * The value; null if it is not there, or null itself.
     *
     * @param root where the path begins
     * @param faults takes a {@link Violation} if something on the way is not what it has to be
     */
    @Nullable Object find(@Nullable Object root, Consumer<Violation> faults) {
        Object here = root;
        for (int i = 0; i < steps.size() && here != null; i++) {
            Object value = here;
            here =
                    switch (steps.get(i)) {
                        case Step.Field field ->
                                value instanceof Map<?, ?> map
                                        ? map.get(field.name())
                                        : wrong(i, value, "an object", faults);
                        case Step.FirstWhere where ->
                                value instanceof List<?> list
                                        ? first(list, where)
                                        : wrong(i, value, "a list", faults);
                    };
        }
        return here;
    }

    private static @Nullable Object first(List<?> list, Step.FirstWhere where) {
        for (Object entry : list) {
            if (entry instanceof Map<?, ?> map
                    && map.get(where.field()) instanceof String text
                    && where.match().matches(text)) {
                return entry;
            }
        }
        return null;
    }

    private @Nullable Object wrong(
            int step, Object value, String expected, Consumer<Violation> faults) {
        String field = new UsagePath(steps.subList(0, step)).toString();
        faults.accept(new Violation("UNREADABLE_USAGE", field, describe(value), expected));
        return null;
    }

    /** A value as a message shows it: numbers and truth values only, since texts may be private. */
    static String describe(Object value) {
        return switch (value) {
            case Map<?, ?> _ -> "an object";
            case List<?> _ -> "a list";
            case String _ -> "a text";
            default -> value.toString();
        };
    }

    /** The path that continues this one. */
    UsagePath then(UsagePath next) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(next.steps);
        return new UsagePath(all);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Step.Field field ->
                        text.append(text.isEmpty() ? "" : "/").append(field.name());
                case Step.FirstWhere where ->
                        text.append('[')
                                .append(where.field())
                                .append('=')
                                .append(
                                        where.match() instanceof TextMatch.Equal e
                                                ? e.value()
                                                : "…")
                                .append(']');
            }
        }
        return text.toString();
    }
}
