package dev.meterbook.ledger.projection.posting;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.ledger.projection.account.AccountView;
import dev.meterbook.ledger.projection.posting.BookedCall.SignedTransfer;
import dev.meterbook.platform.jdbc.SqlArrays;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads postings. */
@Singleton
public final class PostingView {

    private static final int FETCHED_AT_ONCE = 256;

    private static final Comparator<Row> NEWEST_FIRST =
            Comparator.comparingLong(Row::usagePosition)
                    .thenComparingLong(Row::ratingPosition)
                    .reversed();

    private final AccountView accounts;

    /** Names accounts by means of the accounts' own view. */
    public PostingView(AccountView accounts) {
        this.accounts = accounts;
    }

    /** Postings of a tenant, newest first. */
    public List<BookedCall> list(Connection transaction, PostingQuery query) throws SQLException {
        List<Row> rows = new ArrayList<>(postings(transaction, query));
        rows.addAll(corrections(transaction, query));
        rows.sort(NEWEST_FIRST);
        List<Row> page = rows.subList(0, Math.min(rows.size(), query.limit()));
        Map<Integer, Route> routes = routes(transaction, page);
        Set<Integer> ids = new HashSet<>();
        routes.values().forEach(route -> ids.addAll(route.accounts()));
        Map<Integer, AccountKey> keys = accounts.keys(transaction, ids);
        return page.stream()
                .map(row -> row.booked(query.tenant(), route(routes, row), keys))
                .toList();
    }

    private static Route route(Map<Integer, Route> routes, Row row) {
        Route route = routes.get(row.route);
        if (route == null) {
            throw new IllegalStateException(
                    "route: " + row.route + " (expected: the route of a posting)");
        }
        return route;
    }

    /**
     * Reads blocks from the newest back, until no older one can hold a posting of the page. Blocks
     * come in the order of their last call; they may overlap.
     */
    private static List<Row> postings(Connection transaction, PostingQuery query)
            throws SQLException {
        String sql =
                """
                select b.last_usage_position, p.usage_position, p.rating_position, p.occur_time,
                       p.route, p.cost, p.charge
                from posting_block b,
                     unnest(b.usage_positions, b.rating_positions, b.occur_times, b.routes,
                            b.costs, b.charges)
                         as p (usage_position, rating_position, occur_time, route, cost, charge)
                where b.tenant_no = (select tenant_no from tenant_number where tenant_id = ?)
                  and b.last_usage_position between ? and ?
                  and b.first_usage_position <= ?
                  and b.last_occur_time >= ? and b.first_occur_time < ?
                  and p.usage_position between ? and ?
                  and (p.usage_position, p.rating_position) < (?, ?)
                  and p.occur_time >= ? and p.occur_time < ?
                order by b.last_usage_position desc
                """;
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setFetchSize(FETCHED_AT_ONCE);
            select.setString(1, query.tenant());
            select.setLong(2, query.lowest());
            select.setLong(3, lastOfBlocksWith(query.highest()));
            select.setLong(4, query.highest());
            bindTimes(select, 5, query);
            select.setLong(7, query.lowest());
            select.setLong(8, query.highest());
            bindPlace(select, 9, query);
            bindTimes(select, 11, query);
            try (ResultSet each = select.executeQuery()) {
                return newest(each, query.limit());
            }
        }
    }

    private static long lastOfBlocksWith(long position) {
        return position > Long.MAX_VALUE - PostingBlocks.MOST_POSITIONS
                ? Long.MAX_VALUE
                : position + PostingBlocks.MOST_POSITIONS - 1;
    }

    private static List<Row> newest(ResultSet each, int limit) throws SQLException {
        List<Row> rows = new ArrayList<>();
        long block = Long.MAX_VALUE;
        while (each.next()) {
            long next = each.getLong("last_usage_position");
            if (next != block
                    && rows.size() >= limit
                    && rows.stream().filter(row -> row.usagePosition > next).count() >= limit) {
                return rows;
            }
            block = next;
            rows.add(Row.of(each, BookedCall.Kind.FIRST));
        }
        return rows;
    }

    private static List<Row> corrections(Connection transaction, PostingQuery query)
            throws SQLException {
        String sql =
                """
                select usage_position, rating_position, occur_time, route, cost, charge
                from posting_correction
                where tenant_no = (select tenant_no from tenant_number where tenant_id = ?)
                  and usage_position between ? and ?
                  and (usage_position, rating_position) < (?, ?)
                  and occur_time >= ? and occur_time < ?
                order by usage_position desc, rating_position desc
                limit ?
                """;
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, query.tenant());
            select.setLong(2, query.lowest());
            select.setLong(3, query.highest());
            bindPlace(select, 4, query);
            bindTimes(select, 6, query);
            select.setInt(8, query.limit());
            List<Row> rows = new ArrayList<>();
            try (ResultSet each = select.executeQuery()) {
                while (each.next()) {
                    rows.add(Row.of(each, BookedCall.Kind.CORRECTION));
                }
            }
            return rows;
        }
    }

    private static void bindPlace(PreparedStatement select, int first, PostingQuery query)
            throws SQLException {
        select.setLong(first, query.before().usagePosition());
        select.setLong(first + 1, query.before().ratingPosition());
    }

    private static void bindTimes(PreparedStatement select, int first, PostingQuery query)
            throws SQLException {
        select.setObject(first, SqlTimes.parameter(query.from()));
        select.setObject(first + 1, SqlTimes.parameter(query.until()));
    }

    private static Map<Integer, Route> routes(Connection transaction, List<Row> rows)
            throws SQLException {
        String sql =
                """
                select id, cost_debit, cost_credit, charge_debit, charge_credit
                from posting_route where id = any (?)
                """;
        Map<Integer, Route> routes = new HashMap<>();
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            new SqlArrays(select).ints(rows.stream().mapToInt(Row::route).distinct().toArray());
            try (ResultSet each = select.executeQuery()) {
                while (each.next()) {
                    routes.put(each.getInt("id"), Route.of(each));
                }
            }
        }
        return routes;
    }

    /** The accounts of a route, by number. */
    private record Route(int costDebit, int costCredit, int chargeDebit, int chargeCredit) {

        static Route of(ResultSet row) throws SQLException {
            return new Route(
                    row.getInt("cost_debit"),
                    row.getInt("cost_credit"),
                    row.getInt("charge_debit"),
                    row.getInt("charge_credit"));
        }

        List<Integer> accounts() {
            return List.of(costDebit, costCredit, chargeDebit, chargeCredit);
        }
    }

    private record Row(
            long usagePosition,
            long ratingPosition,
            BookedCall.Kind kind,
            Instant occurTime,
            int route,
            BigDecimal cost,
            BigDecimal charge) {

        static Row of(ResultSet row, BookedCall.Kind kind) throws SQLException {
            return new Row(
                    row.getLong("usage_position"),
                    row.getLong("rating_position"),
                    kind,
                    SqlTimes.moment(row, "occur_time"),
                    row.getInt("route"),
                    row.getBigDecimal("cost"),
                    row.getBigDecimal("charge"));
        }

        BookedCall booked(String tenant, Route on, Map<Integer, AccountKey> keys) {
            return new BookedCall(
                    tenant,
                    usagePosition,
                    ratingPosition,
                    kind,
                    occurTime,
                    transfer(keys, on.costDebit, on.costCredit, cost),
                    transfer(keys, on.chargeDebit, on.chargeCredit, charge));
        }

        private static SignedTransfer transfer(
                Map<Integer, AccountKey> keys, int own, int other, BigDecimal amount) {
            return new SignedTransfer(AccountView.keyOf(keys, own), keys.get(other), amount);
        }
    }
}
