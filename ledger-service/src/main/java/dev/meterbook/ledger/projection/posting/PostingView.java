package dev.meterbook.ledger.projection.posting;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.ledger.projection.account.AccountView;
import dev.meterbook.ledger.projection.posting.BookedCall.SignedTransfer;
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
                "select * from ("
                        + page("posting", "false")
                        + ") first union all select * from ("
                        + page("posting_correction", "true")
                        + ") later order by usage_position desc, rating_position desc limit ?";
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            int next = bind(select, 1, query);
            next = bind(select, next, query);
            select.setInt(next, query.limit());
            List<Row> rows = new ArrayList<>();
            try (ResultSet each = select.executeQuery()) {
                while (each.next()) {
                    rows.add(Row.of(each));
                }
            }
            return rows;
        }
    }

    private static String page(String table, String correction) {
        return """
               select p.usage_position, p.rating_position, p.occur_time, p.cost, p.charge,
                      r.cost_debit, r.cost_credit, r.charge_debit, r.charge_credit,
                      %s as correction
               from %s p
               join posting_route r on r.id = p.route
               where p.tenant_no = (select tenant_no from tenant_number where tenant_id = ?)
                 and p.usage_position <= ?
                 and (p.usage_position, p.rating_position) < (?, ?)
                 and (? = 0 or p.usage_position = ?)
                 and p.occur_time >= ? and p.occur_time < ?
               order by p.usage_position desc, p.rating_position desc
               limit ?
               """
                .formatted(correction, table);
    }

    private static int bind(PreparedStatement select, int first, PostingQuery query)
            throws SQLException {
        int next = first;
        select.setString(next++, query.tenant());
        select.setLong(next++, query.before().usagePosition());
        select.setLong(next++, query.before().usagePosition());
        select.setLong(next++, query.before().ratingPosition());
        select.setLong(next++, query.usagePosition());
        select.setLong(next++, query.usagePosition());
        select.setObject(next++, SqlTimes.parameter(query.from()));
        select.setObject(next++, SqlTimes.parameter(query.until()));
        select.setInt(next++, query.limit());
        return next;
    }

    private record Row(
            long usagePosition,
            long ratingPosition,
            BookedCall.Kind kind,
            Instant occurTime,
            Numbers cost,
            Numbers charge) {

        record Numbers(int own, int other, BigDecimal amount) {
            SignedTransfer booked(Map<Integer, AccountKey> keys) {
                return new SignedTransfer(AccountView.keyOf(keys, own), keys.get(other), amount);
            }
        }

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("usage_position"),
                    row.getLong("rating_position"),
                    row.getBoolean("correction")
                            ? BookedCall.Kind.CORRECTION
                            : BookedCall.Kind.FIRST,
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

        List<Integer> accounts() {
            return List.of(cost.own, cost.other, charge.own, charge.other);
        }

        BookedCall booked(String tenant, Map<Integer, AccountKey> keys) {
            return new BookedCall(
                    tenant,
                    usagePosition,
                    ratingPosition,
                    kind,
                    occurTime,
                    cost.booked(keys),
                    charge.booked(keys));
        }
    }
}
