package dev.meterbook.pricing.projection.spend;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.platform.jdbc.SqlArrays;
import dev.meterbook.pricing.domain.SpendKey;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what the calls of periods came to. It is read and written in the transaction that appends
 * the ratings, under the lock of the rating log; so each call is counted once, in the order rated.
 */
@Singleton
public final class SpendProjection {

    private static final String SELECT =
            """
            select owner, term, currency, period_start_micros, gross, owed
            from unnest(?, ?, ?, ?) as w (owner, term, currency, period_start_micros)
            join running_spend using (owner, term, currency, period_start_micros)
            """;

    private static final String UPSERT =
            """
            insert into running_spend (owner, term, currency, period_start_micros, gross, owed)
            select unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)
            on conflict (owner, term, currency, period_start_micros)
                do update set gross = excluded.gross, owed = excluded.owed
            """;

    private static final String SELECT_OF_PERIODS =
            """
            select owner, term, currency, period_start_micros, gross, owed from running_spend
            where period_start_micros = any (?)
            """;

    /** What was spent so far, for each of some keys. */
    public Map<SpendKey, Spend> spends(Connection connection, Collection<SpendKey> wanted)
            throws SQLException {
        Map<SpendKey, Spend> spends = new HashMap<>();
        if (wanted.isEmpty()) {
            return spends;
        }
        wanted.forEach(key -> spends.put(key, Spend.NONE));
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            bind(new SqlArrays(select), List.copyOf(wanted));
            addAll(spends, select);
        }
        return spends;
    }

    /** What was spent so far in all periods that start at some moments. */
    public Map<SpendKey, Spend> ofPeriods(Connection connection, Long[] starts)
            throws SQLException {
        Map<SpendKey, Spend> all = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT_OF_PERIODS)) {
            select.setArray(1, connection.createArrayOf("bigint", starts));
            addAll(all, select);
        }
        return all;
    }

    private static void addAll(Map<SpendKey, Spend> spends, PreparedStatement select)
            throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                spends.put(key(row), spend(row));
            }
        }
    }

    /** Stores what was spent so far. */
    public void set(Connection transaction, Map<SpendKey, Spend> spend) throws SQLException {
        if (spend.isEmpty()) {
            return;
        }
        List<SpendKey> keys = List.copyOf(spend.keySet());
        List<Spend> spends = keys.stream().map(spend::get).toList();
        try (PreparedStatement upsert = transaction.prepareStatement(UPSERT)) {
            bind(new SqlArrays(upsert), keys)
                    .amounts(spends.stream().map(Spend::gross).toArray(BigDecimal[]::new))
                    .amounts(spends.stream().map(Spend::owed).toArray(BigDecimal[]::new));
            upsert.executeUpdate();
        }
    }

    private static SqlArrays bind(SqlArrays arrays, List<SpendKey> keys) throws SQLException {
        return arrays.texts(keys.stream().map(SpendKey::owner).toArray(String[]::new))
                .texts(keys.stream().map(SpendKey::term).toArray(String[]::new))
                .texts(keys.stream().map(each -> each.currency().code()).toArray(String[]::new))
                .longs(keys.stream().mapToLong(SpendKey::periodStartMicros).toArray());
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
