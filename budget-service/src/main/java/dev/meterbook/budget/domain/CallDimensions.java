package dev.meterbook.budget.domain;

import java.util.Arrays;

/** The properties of one call; a property that is not told is empty. */
public final class CallDimensions {

    private final String[] values;

    private CallDimensions(String[] values) {
        this.values = values;
    }

    /** Begins with every property empty. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value of a property; empty if it is not told. */
    public String get(Dimension dimension) {
        return values[dimension.code() - 1];
    }

    /** The tenant whose call it is. */
    public String tenantId() {
        return get(Dimension.TENANT);
    }

    /** The same call with another model. */
    public CallDimensions withModel(String model) {
        String[] copy = values.clone();
        copy[Dimension.MODEL.code() - 1] = model;
        return new CallDimensions(copy);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallDimensions that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (Dimension dimension : Dimension.ALL) {
            if (!get(dimension).isEmpty()) {
                text.append(text.length() == 1 ? "" : ", ")
                        .append(dimension)
                        .append('=')
                        .append(get(dimension));
            }
        }
        return text.append('}').toString();
    }

    /** Collects properties in any order. */
    public static final class Builder {
        private final String[] values = new String[Dimension.ALL.size()];

        private Builder() {
            Arrays.fill(values, "");
        }

        /** Sets a property; an empty value leaves it untold. */
        public Builder set(Dimension dimension, String value) {
            values[dimension.code() - 1] = value;
            return this;
        }

        /** What was collected. */
        public CallDimensions build() {
            return new CallDimensions(values.clone());
        }
    }
}
