package dev.meterbook.pricing.projection.unpriced;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads which calls wait for a price. Under a tenant's read it sees that tenant's calls only. */
@Singleton
public final class UnpricedView {

    /**
     * Which calls are asked for.
     *
     * @param tenantId of this tenant; empty for all
     * @param provider of this provider; empty for all
     * @param model of this model; empty for all
     */
    public record Filter(String tenantId, String provider, String model) {}

    private static final String SELECT_CALLS =
            """
            select tenant_id, usage_shard, usage_position, call_id, provider, model, application,
                reason, leaf, occur_time
            from unpriced_call
            where late_rating_position is null and usage_shard = 0 and usage_position > ?
                and (? = '' or tenant_id = ?) and (? = '' or provider = ?) and (? = '' or model = ?)
            order by usage_position limit ?
            """;

    /** Calls after a position of the usage log, in order. */
    public List<UnpricedCall> calls(Connection connection, Filter filter, long after, int limit)
            throws SQLException {
        List<UnpricedCall> calls = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_CALLS)) {
            select.setLong(1, after);
            setTwice(select, 2, filter.tenantId());
            setTwice(select, 4, filter.provider());
            setTwice(select, 6, filter.model());
            select.setInt(8, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    calls.add(call(rows));
                }
            }
        }
        return calls;
    }

    private static void setTwice(PreparedStatement statement, int index, String value)
            throws SQLException {
        statement.setString(index, value);
        statement.setString(index + 1, value);
    }

    private static UnpricedCall call(ResultSet row) throws SQLException {
        return new UnpricedCall(
                row.getString(1),
                row.getShort(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                UnpricedProjection.reason(row.getString(8)),
                UnpricedProjection.leaf(row.getString(9)),
                instant(row, 10));
    }

    private static final String SELECT_GROUPS =
            """
            select tenant_id, provider, model, reason, leaf,
                count(*), min(occur_time), max(occur_time)
            from unpriced_call
            where late_rating_position is null and (? = '' or tenant_id = ?)
            group by tenant_id, provider, model, reason, leaf
            order by count(*) desc, tenant_id, provider, model, reason, leaf
            offset ? limit ?
            """;

    /** Counts by tenant, provider, model and reason, the largest first. */
    public List<UnpricedGroup> groups(Connection connection, String tenantId, int offset, int limit)
            throws SQLException {
        List<UnpricedGroup> groups = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_GROUPS)) {
            setTwice(select, 1, tenantId);
            select.setInt(3, offset);
            select.setInt(4, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    groups.add(group(rows));
                }
            }
        }
        return groups;
    }

    private static UnpricedGroup group(ResultSet row) throws SQLException {
        return new UnpricedGroup(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                UnpricedProjection.reason(row.getString(4)),
                UnpricedProjection.leaf(row.getString(5)),
                row.getLong(6),
                instant(row, 7),
                instant(row, 8));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
