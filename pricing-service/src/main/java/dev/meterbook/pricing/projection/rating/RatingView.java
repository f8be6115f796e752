package dev.meterbook.pricing.projection.rating;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the events of the rating log that hold the ratings of calls. It says nothing about whose
 * calls they are; that is told by the events themselves.
 */
@Singleton
public final class RatingView {

    private static final String SELECT =
            """
            select first_rating.rating_position
            from unnest(?::bigint[]) as wanted (usage_position)
            cross join lateral (
                select last_usage_position, rating_position from rated_range
                where usage_shard = 0 and first_usage_position <= wanted.usage_position
                order by first_usage_position desc limit 1
            ) as first_rating
            where first_rating.last_usage_position >= wanted.usage_position
            union
            select late_rating_position from unpriced_call
            where tenant_id = ? and usage_shard = 0 and usage_position = any(?::bigint[])
                and late_rating_position is not null
            union
            select rating_position from corrected_call
            where usage_shard = 0 and usage_position = any(?::bigint[])
            """;

    /** Positions of all events that hold a rating of one of a tenant's calls, ascending. */
    public SortedSet<Long> ratingPositions(
            Connection connection, String tenantId, Collection<Long> usagePositions)
            throws SQLException {
        SortedSet<Long> positions = new TreeSet<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            var wanted = connection.createArrayOf("int8", usagePositions.toArray());
            select.setArray(1, wanted);
            select.setString(2, tenantId);
            select.setArray(3, wanted);
            select.setArray(4, wanted);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    positions.add(rows.getLong(1));
                }
            }
        }
        return positions;
    }

    private static final String SELECT_FIRST =
            """
            select usage_shard, first_usage_position, last_usage_position, rating_position
            from rated_range where usage_shard = 0 and first_usage_position > ?
            order by first_usage_position limit ?
            """;

    /** Where the first ratings of the calls behind a position of the usage log are, in order. */
    public List<RatedRange> firstRatings(Connection connection, long after, int limit)
            throws SQLException {
        List<RatedRange> ranges = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_FIRST)) {
            select.setLong(1, after);
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ranges.add(
                            new RatedRange(
                                    rows.getShort(1),
                                    rows.getLong(2),
                                    rows.getLong(3),
                                    rows.getLong(4)));
                }
            }
        }
        return ranges;
    }

    private static final String SELECT_LATER =
            """
            select late_rating_position
            from unnest(?::text[], ?::bigint[]) as wanted (tenant_id, usage_position)
            join unpriced_call waited on usage_shard = 0
                and waited.tenant_id = wanted.tenant_id
                and waited.usage_position = wanted.usage_position
            where late_rating_position is not null
            union
            select rating_position from corrected_call
            where usage_shard = 0 and usage_position = any(?::bigint[])
            order by 1
            """;

    /**
     * Positions of the events that hold ratings of some calls made after the first one, ascending.
     *
     * @param tenants the tenant of each call, by its position in the usage log
     */
    public List<Long> laterRatings(Connection connection, Map<Long, String> tenants)
            throws SQLException {
        List<Long> positions = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_LATER)) {
            var wanted = connection.createArrayOf("int8", tenants.keySet().toArray());
            select.setArray(1, connection.createArrayOf("text", tenants.values().toArray()));
            select.setArray(2, wanted);
            select.setArray(3, wanted);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    positions.add(rows.getLong(1));
                }
            }
        }
        return positions;
    }

    /** The last position of the usage log that was rated; 0 if none was. */
    public long lastRated(Connection connection) throws SQLException {
        String sql =
                """
                select last_usage_position from rated_range where usage_shard = 0
                order by first_usage_position desc limit 1
                """;
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
