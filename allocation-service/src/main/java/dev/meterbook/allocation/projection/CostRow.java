package dev.meterbook.allocation.projection;

import dev.meterbook.allocation.domain.CostSums;
import java.time.Instant;

/**
 * What is added to a row of the roll-up. Rows stand in the order of their key; ids of tenants are
 * ASCII, so that this is the database's order of bytes.
 *
 * @param tenant the tenant
 * @param hour start of the hour
 * @param key number of the combination of dimensions and currency
 * @param sums what is added
 */
record CostRow(String tenant, Instant hour, int key, CostSums sums) implements Comparable<CostRow> {

    @Override
    public int compareTo(CostRow other) {
        int order = tenant.compareTo(other.tenant);
        if (order == 0) {
            order = hour.compareTo(other.hour);
        }
        return order == 0 ? Integer.compare(key, other.key) : order;
    }
}
