package dev.meterbook.allocation.projection;

import dev.meterbook.allocation.domain.CostSums;
import dev.meterbook.platform.jdbc.SqlArrays;
import java.math.BigDecimal;
import java.sql.SQLException;

/** Rows of the roll-up, turned into columns. */
final class CostColumns {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int COUNTS = 7;

    private final String[] tenants;
    private final long[] hours;
    private final int[] keys;
    private final long[][] counts;
    private final BigDecimal[] billedCosts;
    private final BigDecimal[] charges;

    CostColumns(CostRow[] rows) {
        tenants = new String[rows.length];
        hours = new long[rows.length];
        keys = new int[rows.length];
        counts = new long[COUNTS][rows.length];
        billedCosts = new BigDecimal[rows.length];
        charges = new BigDecimal[rows.length];
        for (int i = 0; i < rows.length; i++) {
            tenants[i] = rows[i].tenant();
            hours[i] = rows[i].hour().getEpochSecond() * MICROS_PER_SECOND;
            keys[i] = rows[i].key();
            put(i, rows[i].sums());
        }
    }

    private void put(int row, CostSums sums) {
        counts[0][row] = sums.calls();
        counts[1][row] = sums.unpricedCalls();
        counts[2][row] = sums.tokens().input();
        counts[3][row] = sums.tokens().cacheRead();
        counts[4][row] = sums.tokens().cacheWrite();
        counts[5][row] = sums.tokens().output();
        counts[6][row] = sums.tokens().reasoning();
        billedCosts[row] = sums.billedCost();
        charges[row] = sums.charge();
    }

    /** Binds tenant, hour, key, the counts in the order of {@link CostSums}, cost and charge. */
    void bind(SqlArrays arrays) throws SQLException {
        arrays.texts(tenants).times(hours).ints(keys);
        for (long[] count : counts) {
            arrays.longs(count);
        }
        arrays.amounts(billedCosts).amounts(charges);
    }
}
