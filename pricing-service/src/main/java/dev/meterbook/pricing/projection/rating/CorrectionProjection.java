package dev.meterbook.pricing.projection.rating;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes which events of the rating log correct the ratings of which calls. */
@Singleton
public final class CorrectionProjection {

    private static final String INSERT =
            """
            insert into corrected_call (usage_shard, usage_position, rating_position)
            select 0, usage_position, ? from unnest(?::bigint[]) as corrected (usage_position)
            """;

    /** Adds calls, in the transaction that appends their correction. */
    public void add(Connection transaction, List<Long> usagePositions, long ratingPosition)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setLong(1, ratingPosition);
            insert.setArray(2, transaction.createArrayOf("int8", usagePositions.toArray()));
            insert.executeUpdate();
        }
    }
}
