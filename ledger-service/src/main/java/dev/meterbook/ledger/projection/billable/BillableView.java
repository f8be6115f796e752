package dev.meterbook.ledger.projection.billable;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.ledger.domain.BillableKey;
import dev.meterbook.ledger.domain.BillableSum;
import dev.meterbook.ledger.domain.ChargeKind;
import dev.meterbook.ledger.domain.InvoiceLines;
import dev.meterbook.ledger.projection.SqlTimes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what the next invoice would say. */
@Singleton
public final class BillableView {

    /**
     * Lines that an invoice would have, and the position up to which the book is; read by one
     * statement, so that they belong together.
     *
     * @param lines the lines; at most one more than an invoice may have
     * @param ratingPosition position in the rating log
     * @param whole whether the book holds all that was invoiced before
     */
    public record NextLines(InvoiceLines lines, long ratingPosition, Whole whole) {}

    /** Whether the book holds at least what it held when invoices were issued. */
    public enum Whole {
        /** It does. */
        YES,
        /** It is being made anew, or part of what was invoiced is set aside. */
        NOT_YET
    }

    /** The lines of a tenant and currency for all service periods up to one. */
    public NextLines next(
            Connection transaction, String tenant, CurrencyCode currency, BillingPeriod upTo)
            throws SQLException {
        String sql =
                """
                select p.rating_position, p.replay_until, b.*
                from posting_progress p
                left join billable b
                    on b.tenant_id = ? and b.currency = ? and b.service_month <= ?
                where p.shard = 0
                limit ?
                """;
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, tenant);
            select.setString(2, currency.code());
            select.setObject(3, SqlTimes.firstDay(upTo));
            select.setInt(4, InvoiceLines.MAX_LINES + 1);
            try (ResultSet rows = select.executeQuery()) {
                return read(rows, currency);
            }
        }
    }

    private static NextLines read(ResultSet rows, CurrencyCode currency) throws SQLException {
        SortedMap<BillableKey, BillableSum> sums = new TreeMap<>();
        long ratingPosition = 0;
        Whole whole = Whole.YES;
        while (rows.next()) {
            ratingPosition = rows.getLong("rating_position");
            if (rows.getString("replay_until") != null || rows.getLong("calls") < 0) {
                whole = Whole.NOT_YET;
            }
            if (rows.getString("tenant_id") != null) {
                sums.put(key(rows, currency), sum(rows));
            }
        }
        return new NextLines(InvoiceLines.close(currency, sums), ratingPosition, whole);
    }

    private static BillableKey key(ResultSet row, CurrencyCode currency) throws SQLException {
        return new BillableKey(
                row.getString("tenant_id"),
                SqlTimes.period(row, "service_month"),
                ChargeKind.ofCode(row.getInt("kind")).orElseThrow(),
                row.getString("provider"),
                row.getString("model"),
                row.getString("application"),
                row.getString("term"),
                currency);
    }

    private static BillableSum sum(ResultSet row) throws SQLException {
        return new BillableSum(
                row.getLong("calls"),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                row.getBigDecimal("charge"));
    }
}
