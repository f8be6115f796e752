package dev.meterbook.pricing.projection.spend;

import dev.meterbook.pricing.domain.SpendTerm;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.pricing.domain.VolumePeriod;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what was settled. It is read and written in the transaction that appends the settlements,
 * under the lock of the rating log; so each difference is settled once.
 */
@Singleton
public final class SettledProjection {

    private static final String SELECT =
            """
            select owner, term, currency, period_start_micros, kind, first_micros,
                until_micros, version, reason, amount
            from settled_period
            where period_start_micros = any (?)
            """;

    private static final String UPSERT =
            """
            insert into settled_period (owner, term, currency, period_start_micros, kind,
                first_micros, until_micros, version, reason, amount)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (owner, term, currency, period_start_micros)
                do update set first_micros = excluded.first_micros,
                    until_micros = excluded.until_micros,
                    version = excluded.version,
                    reason = excluded.reason,
                    amount = excluded.amount
            """;

    /** What was settled for all periods that start at some moments. */
    public List<Settled> ofPeriods(Connection connection, Long[] starts) throws SQLException {
        List<Settled> all = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setArray(1, connection.createArrayOf("bigint", starts));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(settled(row));
                }
            }
        }
        return all;
    }

    private static Settled settled(ResultSet row) throws SQLException {
        return new Settled(
                SpendProjection.key(row),
                VolumePeriod.valueOf(row.getString("kind")),
                new Validity(row.getLong("first_micros"), row.getLong("until_micros")),
                row.getString("version"),
                SpendTerm.Reason.valueOf(row.getString("reason")),
                row.getBigDecimal("amount"));
    }

    /** Stores what is settled now. */
    public void set(Connection transaction, List<Settled> settled) throws SQLException {
        try (PreparedStatement upsert = transaction.prepareStatement(UPSERT)) {
            for (Settled each : settled) {
                SpendProjection.set(upsert, each.key());
                upsert.setString(5, each.kind().name());
                upsert.setLong(6, each.period().fromMicros());
                upsert.setLong(7, each.period().untilMicros());
                upsert.setString(8, each.version());
                upsert.setString(9, each.reason().name());
                upsert.setBigDecimal(10, each.amount());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }
}
