package dev.meterbook.budget.projection.budget;

import dev.meterbook.budget.domain.AlertHistory;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.Policy;
import dev.meterbook.budget.domain.Scope;
import dev.meterbook.budget.domain.Terms;
import dev.meterbook.budget.projection.Columns;
import dev.meterbook.platform.jdbc.Database;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads budgets, always as their owner: row-level security hides those of all others. */
@Singleton
public final class BudgetView {

    private static final String COLUMNS =
            """
            select tenant_id, budget_id, status, scope_dimensions, scope_values, window_kind,
                window_zone, window_seconds, limit_value, limit_currency, thresholds, policy,
                downgrade_model, create_time, update_time
            from budget
            """;

    private final Database database;

    BudgetView(@Named("budget") Database database) {
        this.database = database;
    }

    /** Which budgets of an owner are wanted. */
    public enum Wanted {
        ACTIVE,
        ARCHIVED_TOO
    }

    /** A budget, archived ones too; without its alerts. */
    public Optional<Budget> find(BudgetKey key) {
        String owner = Columns.tenantId(key);
        String sql = COLUMNS + "where tenant_id = ? and budget_id = ?";
        return database.readAsTenant(
                owner,
                transaction -> {
                    try (PreparedStatement select = transaction.prepareStatement(sql)) {
                        select.setString(1, owner);
                        select.setString(2, key.budgetId());
                        return budgets(select).stream().findFirst();
                    }
                });
    }

    /**
     * Budgets of an owner in order of id; without their alerts.
     *
     * @param tenant the tenant; empty for the operator's own
     * @param after the id before the first one wanted; empty for the beginning
     * @param limit budgets at most
     */
    public List<Budget> list(String tenant, String after, Wanted wanted, int limit) {
        String owner = Columns.tenantId(tenant);
        String sql =
                COLUMNS
                        + """
                        where tenant_id = ? and budget_id > ? and status = any (?)
                        order by budget_id limit ?
                        """;
        return database.readAsTenant(
                owner,
                transaction -> {
                    try (PreparedStatement select = transaction.prepareStatement(sql)) {
                        select.setString(1, owner);
                        select.setString(2, after);
                        select.setArray(3, transaction.createArrayOf("text", statuses(wanted)));
                        select.setInt(4, limit);
                        return budgets(select);
                    }
                });
    }

    private static Object[] statuses(Wanted wanted) {
        return switch (wanted) {
            case ACTIVE -> new Object[] {Budget.Status.ACTIVE.name()};
            case ARCHIVED_TOO ->
                    new Object[] {Budget.Status.ACTIVE.name(), Budget.Status.ARCHIVED.name()};
        };
    }

    private static List<Budget> budgets(PreparedStatement select) throws SQLException {
        List<Budget> budgets = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                budgets.add(budget(rows));
            }
        }
        return budgets;
    }

    private static Budget budget(ResultSet row) throws SQLException {
        return new Budget(
                Columns.key(row),
                scope(row),
                WindowColumns.read(row),
                new Terms(
                        Columns.amount(row, "limit_value", "limit_currency"),
                        List.of((Integer[]) row.getArray("thresholds").getArray()),
                        policy(row)),
                Budget.Status.valueOf(row.getString("status")),
                AlertHistory.NONE,
                Columns.moment(row, "create_time"),
                Columns.moment(row, "update_time"));
    }

    private static Scope scope(ResultSet row) throws SQLException {
        Number[] codes = (Number[]) row.getArray("scope_dimensions").getArray();
        String[] values = (String[]) row.getArray("scope_values").getArray();
        Map<Dimension, String> scope = new EnumMap<>(Dimension.class);
        for (int i = 0; i < codes.length; i++) {
            scope.put(Dimension.ofCode(codes[i].intValue()).orElseThrow(), values[i]);
        }
        return new Scope(scope);
    }

    private static Policy policy(ResultSet row) throws SQLException {
        String policy = row.getString("policy");
        return switch (policy) {
            case "WARN" -> new Policy.Warn();
            case "LOWER_OUTPUT" -> new Policy.LowerOutput();
            case "DOWNGRADE" -> new Policy.Downgrade(row.getString("downgrade_model"));
            case "DENY" -> new Policy.Deny();
            default -> throw new SQLException("policy: " + policy + " (expected: a known one)");
        };
    }
}
