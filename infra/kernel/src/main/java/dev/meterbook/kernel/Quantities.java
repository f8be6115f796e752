package dev.meterbook.kernel;

import java.util.Arrays;
import java.util.Map;

/**
 * What one call consumed: disjoint quantities by kind, none zero or negative, in the order of
 * {@link Leaf}. Immutable; two are equal when they hold the same. Built for the hot path: two
 * arrays, no map.
 */
public final class Quantities {

    /** The largest quantity of one kind. */
    public static final long MAX_QUANTITY = 1_000_000_000_000L;

    /** Nothing consumed. */
    public static final Quantities NONE = new Quantities(new Leaf[0], new long[0]);

    private final Leaf[] leaves;
    private final long[] amounts;

    private Quantities(Leaf[] leaves, long[] amounts) {
        this.leaves = leaves;
        this.amounts = amounts;
    }

    /**
     * Quantities of a map; zeros are left out.
     *
     * @throws IllegalArgumentException if one is negative or above {@link #MAX_QUANTITY}
     */
    public static Quantities of(Map<Leaf, Long> byLeaf) {
        Builder builder = builder();
        byLeaf.forEach(builder::add);
        return builder.build();
    }

    /** Collects quantities. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many kinds there are. */
    public int size() {
        return leaves.length;
    }

    /** The kind at an index from 0 to {@code size() - 1}. */
    public Leaf leaf(int index) {
        return leaves[index];
    }

    /** The quantity at an index, in the unit of its kind; above 0. */
    public long amount(int index) {
        return amounts[index];
    }

    /** The quantity of a kind; 0 if there is none. */
    public long amountOf(Leaf leaf) {
        for (int i = 0; i < leaves.length; i++) {
            if (leaves[i] == leaf) {
                return amounts[i];
            }
        }
        return 0;
    }

    /** All input tokens, cached ones included. */
    public long inputTokens() {
        long sum = 0;
        for (int i = 0; i < leaves.length; i++) {
            sum += leaves[i].isInputToken() ? amounts[i] : 0;
        }
        return sum;
    }

    /** All output tokens, reasoning included. */
    public long outputTokens() {
        long sum = 0;
        for (int i = 0; i < leaves.length; i++) {
            sum += leaves[i].isOutputToken() ? amounts[i] : 0;
        }
        return sum;
    }

    /** Input tokens read from the cache. */
    public long cacheReadTokens() {
        long sum = 0;
        for (int i = 0; i < leaves.length; i++) {
            sum += leaves[i].isCacheRead() ? amounts[i] : 0;
        }
        return sum;
    }

    /** Input tokens written to the cache. */
    public long cacheWriteTokens() {
        long sum = 0;
        for (int i = 0; i < leaves.length; i++) {
            sum += leaves[i].isCacheWrite() ? amounts[i] : 0;
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantities that
                && Arrays.equals(leaves, that.leaves)
                && Arrays.equals(amounts, that.amounts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(leaves) + Arrays.hashCode(amounts);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < leaves.length; i++) {
            text.append(i == 0 ? "" : ", ").append(leaves[i].id()).append('=').append(amounts[i]);
        }
        return text.append('}').toString();
    }

    /** Collects quantities in any order; a kind given twice is summed. */
    public static final class Builder {
        private static final int USUAL_KINDS = 6;

        private Leaf[] leaves = new Leaf[USUAL_KINDS];
        private long[] sums = new long[USUAL_KINDS];
        private int size;

        private Builder() {}

        /**
         * Adds to a kind.
         *
         * @throws IllegalArgumentException if the amount is negative or the sum above {@link
         *     #MAX_QUANTITY}
         */
        public Builder add(Leaf leaf, long amount) {
            int place = placeOf(leaf);
            long sum = amount + (isAt(place, leaf) ? sums[place] : 0);
            if (amount < 0 || amount > MAX_QUANTITY || sum > MAX_QUANTITY) {
                throw new IllegalArgumentException(
                        leaf.id() + ": " + amount + " (expected: 0 to " + MAX_QUANTITY + ")");
            }
            if (amount > 0) {
                makeRoom(place, leaf);
                sums[place] = sum;
            }
            return this;
        }

        /** Where a kind stands, or would have to be put: kinds are held in their order. */
        private int placeOf(Leaf leaf) {
            int place = size;
            while (place > 0 && leaves[place - 1].compareTo(leaf) >= 0) {
                place--;
            }
            return place;
        }

        private boolean isAt(int place, Leaf leaf) {
            return place < size && leaves[place] == leaf;
        }

        private void makeRoom(int place, Leaf leaf) {
            if (isAt(place, leaf)) {
                return;
            }
            if (size == sums.length) {
                leaves = Arrays.copyOf(leaves, 2 * size);
                sums = Arrays.copyOf(sums, 2 * size);
            }
            System.arraycopy(leaves, place, leaves, place + 1, size - place);
            System.arraycopy(sums, place, sums, place + 1, size - place);
            leaves[place] = leaf;
            size++;
        }

        /** What was collected. */
        public Quantities build() {
            return new Quantities(Arrays.copyOf(leaves, size), Arrays.copyOf(sums, size));
        }
    }
}
