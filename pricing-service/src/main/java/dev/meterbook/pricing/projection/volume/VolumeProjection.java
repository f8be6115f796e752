package dev.meterbook.pricing.projection.volume;

import dev.meterbook.pricing.domain.VolumeKey;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/**
 * Keeps the running quantities. They are read and written in the transaction that appends the
 * ratings which they decide, under the lock of the rating log; so each call is counted once, in the
 * order rated.
 */
@Singleton
public final class VolumeProjection {

    private static final String SELECT =
            """
            select quantity from running_quantity
            where owner = ? and rule = ? and period_start_micros = ?
            """;

    private static final String UPSERT =
            """
            insert into running_quantity (owner, rule, period_start_micros, quantity)
            values (?, ?, ?, ?)
            on conflict (owner, rule, period_start_micros)
                do update set quantity = excluded.quantity
            """;

    /** What was counted so far; 0 if nothing was. */
    public long quantity(Connection connection, VolumeKey key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            set(select, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Stores what was counted so far. */
    public void set(Connection transaction, Map<VolumeKey, Long> quantities) throws SQLException {
        if (quantities.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = transaction.prepareStatement(UPSERT)) {
            for (Map.Entry<VolumeKey, Long> each : quantities.entrySet()) {
                set(upsert, each.getKey());
                upsert.setLong(4, each.getValue());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static void set(PreparedStatement statement, VolumeKey key) throws SQLException {
        statement.setString(1, key.owner());
        statement.setString(2, key.rule());
        statement.setLong(3, key.periodStartMicros());
    }
}
