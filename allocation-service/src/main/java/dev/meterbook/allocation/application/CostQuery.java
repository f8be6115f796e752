package dev.meterbook.allocation.application;

import dev.meterbook.allocation.domain.CostDimension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question about costs.
 *
 * @param scope whose costs
 * @param range when the calls occurred
 * @param granularity spans of time to sum over
 * @param groupBy up to {@link #MAX_GROUP_BY} different dimensions to sum by
 * @param filters accepted values by dimension, up to {@link #MAX_FILTER_VALUES} each; empty text
 *     for calls without a value
 * @param order order of the rows
 * @param page which rows of the answer
 */
public record CostQuery(
        TenantScope scope,
        HourRange range,
        Granularity granularity,
        List<CostDimension> groupBy,
        Map<CostDimension, List<String>> filters,
        Order order,
        Page page) {

    /** Dimensions to group by at most. */
    public static final int MAX_GROUP_BY = 3;

    /** Values of one filter at most. */
    public static final int MAX_FILTER_VALUES = 10;

    /** Spans of time, in UTC. */
    public enum Granularity {
        /** Hours, over 31 days at most. */
        HOUR(31),
        /** Days, over 732 days at most. */
        DAY(732),
        /** Calendar months, over 3,660 days at most. */
        MONTH(3_660),
        /** One sum, over 3,660 days at most. */
        TOTAL(3_660);

        private final int maxDays;

        Granularity(int maxDays) {
            this.maxDays = maxDays;
        }

        /** Length of the range at most, in days of 24 hours. */
        public int maxDays() {
            return maxDays;
        }
    }

    /**
     * Order of rows; ties are in ascending order of time, dimension values and currency.
     *
     * @param field by what
     * @param direction which way
     */
    public record Order(OrderField field, Direction direction) {

        /** In the course of time. */
        public static final Order BY_TIME = new Order(OrderField.TIME, Direction.ASCENDING);
    }

    /** What rows can be ordered by. */
    public enum OrderField {
        /** Start of the span. */
        TIME,
        /** Calls. */
        CALLS,
        /** Input tokens. */
        INPUT_TOKENS,
        /** Output tokens. */
        OUTPUT_TOKENS,
        /** Billed cost, whatever its currency. */
        BILLED_COST,
        /** Charge, whatever its currency. */
        CHARGE
    }

    /** Which way rows are ordered. */
    public enum Direction {
        /** Smallest first. */
        ASCENDING,
        /** Greatest first. */
        DESCENDING
    }

    /**
     * A part of the rows.
     *
     * @param size rows at most
     * @param after the last row of the page before; empty for the first page
     */
    public record Page(int size, Optional<RowKey> after) {}

    /**
     * Place of a row in the order.
     *
     * @param ordered text of the value that rows are ordered by
     * @param time start of its span
     * @param values its dimension values
     * @param currency its currency; empty for none
     */
    public record RowKey(String ordered, Instant time, List<String> values, String currency) {}
}
