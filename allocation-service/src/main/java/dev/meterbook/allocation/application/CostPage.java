package dev.meterbook.allocation.application;

import dev.meterbook.allocation.application.CostQuery.RowKey;
import dev.meterbook.allocation.domain.CostSums;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of the answer to a {@link CostQuery}.
 *
 * @param rows rows in order
 * @param totals sums over the rows of all pages by currency, in order of currency
 * @param next place of the last row, if rows follow
 */
public record CostPage(List<Row> rows, Map<String, CostSums> totals, Optional<RowKey> next) {

    /**
     * A row.
     *
     * @param key its place: span of time, dimension values, currency
     * @param sums its sums
     */
    public record Row(RowKey key, CostSums sums) {}
}
