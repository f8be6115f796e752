package dev.meterbook.pricing.projection.rating;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
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
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    positions.add(rows.getLong(1));
                }
            }
        }
        return positions;
    }
}
