package dev.meterbook.ledger.projection.posting;

import dev.meterbook.ledger.domain.CallAccounts;
import dev.meterbook.ledger.domain.Posting;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.ledger.projection.posting.RouteBook.Route;
import dev.meterbook.platform.jdbc.SqlArrays;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Corrections turned into columns, as a set-based insert takes them. */
final class PostingColumns {

    private final int[] tenants;
    private final int[] routes;
    private final long[] usagePositions;
    private final long[] ratingPositions;
    private final long[] occurMicros;
    private final BigDecimal[] costs;
    private final BigDecimal[] charges;
    private int size;

    private PostingColumns(int capacity) {
        tenants = new int[capacity];
        routes = new int[capacity];
        usagePositions = new long[capacity];
        ratingPositions = new long[capacity];
        occurMicros = new long[capacity];
        costs = new BigDecimal[capacity];
        charges = new BigDecimal[capacity];
    }

    static PostingColumns of(
            Map<CallAccounts, List<Posting>> postings, Map<CallAccounts, Route> routes) {
        int capacity = postings.values().stream().mapToInt(List::size).sum();
        PostingColumns columns = new PostingColumns(capacity);
        postings.forEach(
                (accounts, calls) -> {
                    Route route = RouteBook.numberOf(routes, accounts);
                    calls.forEach(call -> columns.add(route, call));
                });
        return columns;
    }

    private void add(Route route, Posting call) {
        tenants[size] = route.tenant();
        routes[size] = route.id();
        usagePositions[size] = call.usagePosition();
        ratingPositions[size] = call.ratingPosition();
        occurMicros[size] = SqlTimes.micros(call.occurTime());
        costs[size] = call.cost().amount();
        charges[size] = call.charge().amount();
        size++;
    }

    void bind(SqlArrays arrays) throws SQLException {
        arrays.ints(tenants)
                .ints(routes)
                .longs(usagePositions)
                .longs(ratingPositions)
                .times(occurMicros)
                .amounts(costs)
                .amounts(charges);
    }
}
