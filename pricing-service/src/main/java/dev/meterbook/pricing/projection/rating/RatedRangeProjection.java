package dev.meterbook.pricing.projection.rating;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes which event of the rating log holds the first rating of which calls. */
@Singleton
public final class RatedRangeProjection {

    private static final String INSERT =
            """
            insert into rated_range
                (usage_shard, first_usage_position, last_usage_position, rating_position,
                first_occur_micros, last_occur_micros)
            values (?, ?, ?, ?, ?, ?)
            """;

    /** Adds ranges, in the transaction that appends the ratings. */
    public void add(Connection transaction, List<RatedRange> ranges) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            for (RatedRange range : ranges) {
                insert.setShort(1, (short) range.usageShard());
                insert.setLong(2, range.firstUsagePosition());
                insert.setLong(3, range.lastUsagePosition());
                insert.setLong(4, range.ratingPosition());
                insert.setLong(5, range.firstOccurMicros());
                insert.setLong(6, range.lastOccurMicros());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
