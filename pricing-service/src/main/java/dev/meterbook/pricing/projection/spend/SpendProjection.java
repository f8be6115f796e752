package dev.meterbook.pricing.projection.spend;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.pricing.domain.SpendKey;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps what the calls of periods came to. It is read and written in the transaction that appends
 * the ratings, under the lock of the rating log; so each call is counted once, in the order rated.
 */
@Singleton
public final class SpendProjection {

    private static final String SELECT =
            """
            select gross, owed from running_spend
            where owner = ? and term = ? and currency = ? and period_start_micros = ?
            """;

    private static final String UPSERT =
            """
            insert into running_spend (owner, term, currency, period_start_micros, gross, owed)
            values (?, ?, ?, ?, ?, ?)
            on conflict (owner, term, currency, period_start_micros)
                do update set gross = excluded.gross, owed = excluded.owed
            """;

    private static final String SELECT_OF_PERIODS =
            """
            select owner, term, currency, period_start_micros, gross, owed from running_spend
            where period_start_micros = any (?)
            """;

    /** What was spent so far. */
    public Spend spend(Connection connection, SpendKey key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            set(select, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? spend(row) : Spend.NONE;
            }
        }
    }

    /** What was spent so far in all periods that start at some moments. */
    public Map<SpendKey, Spend> ofPeriods(Connection connection, Long[] starts)
            throws SQLException {
        Map<SpendKey, Spend> all = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_OF_PERIODS)) {
            select.setArray(1, connection.createArrayOf("bigint", starts));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.put(key(row), spend(row));
                }
            }
        }
        return all;
    }

    /** Stores what was spent so far. */
    public void set(Connection transaction, Map<SpendKey, Spend> spend) throws SQLException {
        if (spend.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = transaction.prepareStatement(UPSERT)) {
            for (Map.Entry<SpendKey, Spend> each : spend.entrySet()) {
                set(upsert, each.getKey());
                upsert.setBigDecimal(5, each.getValue().gross());
                upsert.setBigDecimal(6, each.getValue().owed());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    static void set(PreparedStatement statement, SpendKey key) throws SQLException {
        statement.setString(1, key.owner());
        statement.setString(2, key.term());
        statement.setString(3, key.currency().code());
        statement.setLong(4, key.periodStartMicros());
    }

    static SpendKey key(ResultSet row) throws SQLException {
        return new SpendKey(
                row.getString("owner"),
                row.getString("term"),
                CurrencyCode.of(row.getString("currency")),
                row.getLong("period_start_micros"));
    }

    private static Spend spend(ResultSet row) throws SQLException {
        BigDecimal gross = row.getBigDecimal("gross");
        return new Spend(gross, row.getBigDecimal("owed"));
    }
}
