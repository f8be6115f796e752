package dev.meterbook.ledger.projection.posting;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.ledger.projection.account.AccountView;
import dev.meterbook.ledger.projection.posting.BookedCall.BookedTransfer;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads postings. */
@Singleton
public final class PostingView {

    private final AccountView accounts;

    /** Names accounts by means of the accounts' own view. */
    public PostingView(AccountView accounts) {
        this.accounts = accounts;
    }

    /** Postings of a tenant, newest first. */
    public List<BookedCall> list(Connection transaction, PostingQuery query) throws SQLException {
        List<Row> rows = rows(transaction, query);
        Set<Integer> ids = new HashSet<>();
        rows.forEach(row -> ids.addAll(row.accounts()));
        Map<Integer, AccountKey> keys = accounts.keys(transaction, ids);
        return rows.stream().map(row -> row.booked(query.tenant(), keys)).toList();
    }

    private static List<Row> rows(Connection transaction, PostingQuery query) throws SQLException {
        String sql =
                """
                select usage_position, correction, rating_position, occur_time,
                       cost_debit, cost_credit, cost, charge_debit, charge_credit, charge
                from posting
                where tenant_id = ? and occur_time >= ? and occur_time < ?
                  and (usage_position, correction) < (?, ?)
                  and (? = 0 or usage_position = ?)
                order by usage_position desc, correction desc
                limit ?
                """;
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, query.tenant());
            select.setObject(2, SqlTimes.parameter(query.from()));
            select.setObject(3, SqlTimes.parameter(query.until()));
            select.setLong(4, query.before().usagePosition());
            select.setLong(5, query.before().correction());
            select.setLong(6, query.usagePosition());
            select.setLong(7, query.usagePosition());
            select.setInt(8, query.limit());
            List<Row> rows = new ArrayList<>();
            try (ResultSet each = select.executeQuery()) {
                while (each.next()) {
                    rows.add(Row.of(each));
                }
            }
            return rows;
        }
    }

    private record Row(
            long usagePosition,
            long correction,
            long ratingPosition,
            Instant occurTime,
            Numbers cost,
            Numbers charge) {

        record Numbers(int debit, int credit, BigDecimal amount) {
            BookedTransfer booked(Map<Integer, AccountKey> keys) {
                return new BookedTransfer(keys.get(debit), keys.get(credit), amount);
            }
        }

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("usage_position"),
                    row.getLong("correction"),
                    row.getLong("rating_position"),
                    SqlTimes.moment(row, "occur_time"),
                    new Numbers(
                            row.getInt("cost_debit"),
                            row.getInt("cost_credit"),
                            row.getBigDecimal("cost")),
                    new Numbers(
                            row.getInt("charge_debit"),
                            row.getInt("charge_credit"),
                            row.getBigDecimal("charge")));
        }

        Set<Integer> accounts() {
            return new HashSet<>(List.of(cost.debit, cost.credit, charge.debit, charge.credit));
        }

        BookedCall booked(String tenant, Map<Integer, AccountKey> keys) {
            return new BookedCall(
                    tenant,
                    usagePosition,
                    correction,
                    ratingPosition,
                    occurTime,
                    cost.booked(keys),
                    charge.booked(keys));
        }
    }
}
