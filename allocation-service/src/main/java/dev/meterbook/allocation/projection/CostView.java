package dev.meterbook.allocation.projection;

import dev.meterbook.allocation.application.CostPage;
import dev.meterbook.allocation.application.CostPage.Row;
import dev.meterbook.allocation.application.CostQuery;
import dev.meterbook.allocation.application.CostQuery.OrderField;
import dev.meterbook.allocation.application.CostQuery.RowKey;
import dev.meterbook.allocation.application.HourRange;
import dev.meterbook.allocation.application.TenantScope;
import dev.meterbook.allocation.application.TenantScope.All;
import dev.meterbook.allocation.application.TenantScope.One;
import dev.meterbook.allocation.domain.CostCenterTree;
import dev.meterbook.allocation.domain.CostDimension;
import dev.meterbook.allocation.domain.CostSums;
import dev.meterbook.allocation.domain.Tokens;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the hourly roll-up. What one tenant asks is read under row-level security. A question that
 * takes the database too long is given up: SQL state 57014.
 */
public final class CostView {

    /** Sums of one statement of cost centers at most. */
    public static final int MAX_COST_CENTER_SUMS = 100_000;

    private final Database database;
    private final Duration timeLimit;

    /**
     * A view.
     *
     * @param database the allocation service's own
     * @param timeLimit time for one question
     */
    public CostView(Database database, Duration timeLimit) {
        this.database = database;
        this.timeLimit = timeLimit;
    }

    /** Time for one question. */
    public Duration timeLimit() {
        return timeLimit;
    }

    /**
     * The operator's tree with what each cost center itself costs.
     *
     * @param tree the tree
     * @param own sums by cost center and currency
     * @param complete false if there were more than {@value #MAX_COST_CENTER_SUMS} sums
     */
    public record CostCenterSums(
            CostCenterTree tree, Map<String, Map<String, CostSums>> own, boolean complete) {}

    /** Answers a question about costs. */
    public CostPage query(CostQuery query) {
        return read(
                query.scope(),
                transaction -> {
                    List<Line> lines =
                            CostSql.page(query)
                                    .list(transaction, row -> line(row, query.groupBy().size()));
                    return page(query, lines);
                });
    }

    /**
     * What each cost center itself costs. For the operator: reads the tree, which no tenant may.
     */
    public CostCenterSums costCenters(TenantScope scope, HourRange range) {
        return database.read(
                transaction -> {
                    limitTime(transaction);
                    Map<String, Map<String, CostSums>> own = new HashMap<>();
                    int found =
                            CostSql.byCostCenter(scope, range, MAX_COST_CENTER_SUMS + 1)
                                    .list(transaction, row -> addTo(own, row))
                                    .size();
                    return new CostCenterSums(
                            tree(transaction), own, found <= MAX_COST_CENTER_SUMS);
                });
    }

    /**
     * Values of a dimension, in order.
     *
     * @param prefix only values that start so
     * @param after only values behind this one; empty for all
     * @param limit values at most
     */
    public List<String> values(
            TenantScope scope,
            CostDimension dimension,
            String prefix,
            Optional<String> after,
            int limit) {
        Query all = CostSql.values(scope, dimension, prefix);
        List<Object> arguments = new ArrayList<>(all.arguments());
        String behind = "";
        if (after.isPresent()) {
            behind = " and " + CostSql.column(dimension) + " > ?";
            arguments.add(after.get());
        }
        arguments.add(limit);
        Query part = new Query(all.sql() + behind + " order by 1 limit ?", arguments);
        return read(scope, transaction -> part.list(transaction, row -> row.getString(1)));
    }

    private record Line(boolean isRow, RowKey key, CostSums sums) {}

    private <T> T read(TenantScope scope, Work<T> work) {
        Work<T> limited =
                transaction -> {
                    limitTime(transaction);
                    return work.in(transaction);
                };
        return switch (scope) {
            case One(String tenant) -> database.readAsTenant(tenant, limited);
            case All() -> database.read(limited);
        };
    }

    private void limitTime(Connection transaction) throws SQLException {
        Query.of("set local statement_timeout = " + timeLimit.toMillis()).update(transaction);
    }

    private static CostPage page(CostQuery query, List<Line> lines) {
        List<Row> rows = new ArrayList<>();
        Map<String, CostSums> totals = new TreeMap<>();
        for (Line line : lines) {
            if (!line.isRow) {
                totals.put(line.key.currency(), line.sums);
            } else {
                rows.add(new Row(keyOf(query.order().field(), line), line.sums));
            }
        }
        boolean more = rows.size() > query.page().size();
        List<Row> page = more ? rows.subList(0, query.page().size()) : rows;
        return new CostPage(
                List.copyOf(page),
                totals,
                more ? Optional.of(page.getLast().key()) : Optional.empty());
    }

    private static RowKey keyOf(OrderField field, Line line) {
        CostSums sums = line.sums;
        Object ordered =
                switch (field) {
                    case TIME -> line.key.time();
                    case CALLS -> sums.calls();
                    case INPUT_TOKENS -> sums.tokens().input();
                    case OUTPUT_TOKENS -> sums.tokens().output();
                    case BILLED_COST -> sums.billedCost().toPlainString();
                    case CHARGE -> sums.charge().toPlainString();
                };
        return new RowKey(
                ordered.toString(), line.key.time(), line.key.values(), line.key.currency());
    }

    private static Line line(ResultSet row, int dimensions) throws SQLException {
        boolean isRow = row.getBoolean(1);
        List<String> values = new ArrayList<>(dimensions);
        for (int i = 0; isRow && i < dimensions; i++) {
            values.add(row.getString(3 + i));
        }
        Instant time = isRow ? Query.instant(row, 2) : Instant.EPOCH;
        RowKey key = new RowKey("", time, values, row.getString(3 + dimensions));
        return new Line(isRow, key, sums(row, 4 + dimensions));
    }

    private static String addTo(Map<String, Map<String, CostSums>> own, ResultSet row)
            throws SQLException {
        String costCenter = row.getString(1);
        own.computeIfAbsent(costCenter, _ -> new TreeMap<>()).put(row.getString(2), sums(row, 3));
        return costCenter;
    }

    static CostSums sums(ResultSet row, int first) throws SQLException {
        return new CostSums(
                row.getLong(first),
                row.getLong(first + 1),
                new Tokens(
                        row.getLong(first + 2),
                        row.getLong(first + 3),
                        row.getLong(first + 4),
                        row.getLong(first + 5),
                        row.getLong(first + 6)),
                row.getBigDecimal(first + 7),
                row.getBigDecimal(first + 8));
    }

    private static CostCenterTree tree(Connection transaction) throws SQLException {
        Map<String, String> parents = new HashMap<>();
        Query.of("select cost_center_id, parent_id from cost_center")
                .list(transaction, row -> parents.put(row.getString(1), row.getString(2)));
        return new CostCenterTree(parents);
    }
}
