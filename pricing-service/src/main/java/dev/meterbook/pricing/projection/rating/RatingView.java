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
            select last_usage_position, rating_position
            from rated_range where usage_shard = 0 and first_usage_position > ?
                and (first_occur_micros is null
                    or (first_occur_micros < ? and last_occur_micros >= ?))
            order by first_usage_position limit ?
            """;

    /**
     * An event of the rating log that holds first ratings.
     *
     * @param lastUsagePosition position of its last call in the usage log
     * @param ratingPosition position of the event
     */
    public record FirstRatings(long lastUsagePosition, long ratingPosition) {}

    /**
     * Where the first ratings are of calls that occurred in a span of time, in the order recorded.
     * Ratings from before that was kept are among them whenever their calls occurred.
     *
     * @param after behind this position of the usage log
     * @param fromMicros first moment of the span
     * @param untilMicros first moment after the span
     */
    public List<FirstRatings> firstRatings(
            Connection connection, long after, long fromMicros, long untilMicros, int limit)
            throws SQLException {
        List<FirstRatings> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_FIRST)) {
            select.setLong(1, after);
            select.setLong(2, untilMicros);
            select.setLong(3, fromMicros);
            select.setInt(4, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new FirstRatings(rows.getLong(1), rows.getLong(2)));
                }
            }
        }
        return found;
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
