package dev.meterbook.ledger.projection.billable;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.ledger.domain.BillableKey;
import dev.meterbook.ledger.domain.BillableSum;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.platform.jdbc.SqlArrays;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;

/**
 * Adds charges, and takes away those that were invoiced. Whoever calls this holds the unbilled
 * account of each tenant and currency concerned.
 */
@Singleton
public final class BillableProjection {

    /** Adds the sums of a batch, each key once. A sum that comes to nothing is no row. */
    public void add(Connection transaction, SortedMap<BillableKey, BillableSum> sums)
            throws SQLException {
        if (!sums.isEmpty() && leavesNothing(transaction, sums)) {
            dropNothing(transaction);
        }
    }

    private static boolean leavesNothing(
            Connection transaction, SortedMap<BillableKey, BillableSum> sums) throws SQLException {
        String sql =
                """
                with added as (
                insert into billable as b (tenant_id, service_month, kind, provider, model,
                                           application, term, currency, calls, input_tokens,
                                           output_tokens, charge)
                select unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?),
                       unnest(?), unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)
                on conflict (tenant_id, currency, service_month, kind, provider, model, application,
                             term)
                do update set calls = b.calls + excluded.calls,
                              input_tokens = b.input_tokens + excluded.input_tokens,
                              output_tokens = b.output_tokens + excluded.output_tokens,
                              charge = b.charge + excluded.charge
                returning (calls, input_tokens, output_tokens, charge) = (0, 0, 0, 0) as nothing)
                select bool_or(nothing) from added
                """;
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            SqlArrays arrays = new SqlArrays(insert);
            bindKeys(arrays, List.copyOf(sums.keySet()));
            bindSums(arrays, List.copyOf(sums.values()));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static void dropNothing(Connection transaction) throws SQLException {
        String sql =
                "delete from billable"
                        + " where (calls, input_tokens, output_tokens, charge) = (0, 0, 0, 0)";
        try (PreparedStatement delete = transaction.prepareStatement(sql)) {
            delete.executeUpdate();
        }
    }

    private static void bindKeys(SqlArrays arrays, List<BillableKey> keys) throws SQLException {
        arrays.texts(keys.stream().map(BillableKey::tenant).toArray(String[]::new))
                .dates(
                        keys.stream()
                                .map(it -> SqlTimes.firstDay(it.servicePeriod()))
                                .toArray(LocalDate[]::new))
                .ints(keys.stream().mapToInt(it -> it.kind().code()).toArray())
                .texts(keys.stream().map(BillableKey::provider).toArray(String[]::new))
                .texts(keys.stream().map(BillableKey::model).toArray(String[]::new))
                .texts(keys.stream().map(BillableKey::application).toArray(String[]::new))
                .texts(keys.stream().map(BillableKey::term).toArray(String[]::new))
                .texts(keys.stream().map(it -> it.currency().code()).toArray(String[]::new));
    }

    private static void bindSums(SqlArrays arrays, List<BillableSum> sums) throws SQLException {
        arrays.longs(sums.stream().mapToLong(BillableSum::calls).toArray())
                .longs(sums.stream().mapToLong(BillableSum::inputTokens).toArray())
                .longs(sums.stream().mapToLong(BillableSum::outputTokens).toArray())
                .amounts(sums.stream().map(BillableSum::charge).toArray(BigDecimal[]::new));
    }

    /**
     * Takes away what an invoice has taken: everything of a tenant and currency up to a period.
     *
     * @param lines how many sums the invoice has
     */
    public void close(
            Connection transaction,
            String tenant,
            CurrencyCode currency,
            BillingPeriod upTo,
            int lines)
            throws SQLException {
        String sql =
                "delete from billable where tenant_id = ? and currency = ? and service_month <= ?";
        try (PreparedStatement delete = transaction.prepareStatement(sql)) {
            delete.setString(1, tenant);
            delete.setString(2, currency.code());
            delete.setObject(3, SqlTimes.firstDay(upTo));
            int closed = delete.executeUpdate();
            if (closed != lines) {
                throw new IllegalStateException(
                        "billable rows closed: " + closed + " (expected: " + lines + ")");
            }
        }
    }
}
