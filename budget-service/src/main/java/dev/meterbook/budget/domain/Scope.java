package dev.meterbook.budget.domain;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which calls a budget covers: those that have all of these values.
 *
 * @param values a value for each dimension that matters, in order of code; none covers every call
 */
public record Scope(Map<Dimension, String> values) {

    /** Covers every call. */
    public static final Scope EVERYTHING = new Scope(Map.of());

    /** Takes a copy. */
    public Scope {
        EnumMap<Dimension, String> copy = new EnumMap<>(Dimension.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    /** True if the call has all the values. */
    public boolean covers(CallDimensions call) {
        return values.entrySet().stream()
                .allMatch(each -> call.get(each.getKey()).equals(each.getValue()));
    }

    /** The same scope within one tenant. */
    public Scope within(String tenantId) {
        EnumMap<Dimension, String> narrowed = new EnumMap<>(Dimension.class);
        narrowed.putAll(values);
        narrowed.put(Dimension.TENANT, tenantId);
        return new Scope(narrowed);
    }

    /**
     * Which dimensions matter, a bit for each: scopes of the same shape can be looked up together.
     */
    public int shape() {
        int bits = 0;
        for (Dimension dimension : values.keySet()) {
            bits |= dimension.bit();
        }
        return bits;
    }

    /**
     * The values that a call would need for the scopes of a shape, as one text: for a single value
     * that value itself, since most scopes have no more.
     */
    public static String probe(int shape, CallDimensions call) {
        String text = "";
        for (int rest = shape; rest != 0; rest &= rest - 1) {
            String value = call.get(Dimension.ofLowestBit(rest));
            text = rest == shape ? value : text + '\n' + value;
        }
        return text;
    }

    /** The text that {@link #probe} gives for the calls that are covered. */
    public String probe() {
        return String.join("\n", values.values());
    }
}
