package dev.meterbook.pricing.projection.volume;

import dev.meterbook.platform.jdbc.SqlArrays;
import dev.meterbook.pricing.domain.VolumeKey;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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
            select w.place, r.quantity
            from unnest(?, ?, ?) with ordinality as w (owner, rule, period_start_micros, place)
            join running_quantity r using (owner, rule, period_start_micros)
            """;

    private static final String UPSERT =
            """
            insert into running_quantity (owner, rule, period_start_micros, quantity)
            select unnest(?), unnest(?), unnest(?), unnest(?)
            on conflict (owner, rule, period_start_micros)
                do update set quantity = excluded.quantity
            """;

    /** What was counted so far, for each of some keys; 0 if nothing was. */
    public Map<VolumeKey, Long> quantities(Connection connection, Collection<VolumeKey> wanted)
            throws SQLException {
        Map<VolumeKey, Long> quantities = new HashMap<>();
        if (wanted.isEmpty()) {
            return quantities;
        }
        List<VolumeKey> keys = List.copyOf(wanted);
        keys.forEach(key -> quantities.put(key, 0L));
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            bind(new SqlArrays(select), keys);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    quantities.put(keys.get(row.getInt("place") - 1), row.getLong("quantity"));
                }
            }
        }
        return quantities;
    }

    /** Stores what was counted so far. */
    public void set(Connection transaction, Map<VolumeKey, Long> quantities) throws SQLException {
        if (quantities.isEmpty()) {
            return;
        }
        List<VolumeKey> keys = List.copyOf(quantities.keySet());
        try (PreparedStatement upsert = transaction.prepareStatement(UPSERT)) {
            bind(new SqlArrays(upsert), keys)
                    .longs(keys.stream().mapToLong(quantities::get).toArray());
            upsert.executeUpdate();
        }
    }

    private static SqlArrays bind(SqlArrays arrays, List<VolumeKey> keys) throws SQLException {
        return arrays.texts(keys.stream().map(VolumeKey::owner).toArray(String[]::new))
                .texts(keys.stream().map(VolumeKey::rule).toArray(String[]::new))
                .longs(keys.stream().mapToLong(VolumeKey::periodStartMicros).toArray());
    }
}
