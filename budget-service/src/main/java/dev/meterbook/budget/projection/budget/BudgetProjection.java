package dev.meterbook.budget.projection.budget;

import dev.meterbook.budget.domain.BudgetEvent;
import dev.meterbook.budget.domain.BudgetEvent.BudgetArchived;
import dev.meterbook.budget.domain.BudgetEvent.BudgetChanged;
import dev.meterbook.budget.domain.BudgetEvent.BudgetDefined;
import dev.meterbook.budget.domain.BudgetEvent.ThresholdReached;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.Policy;
import dev.meterbook.budget.domain.Terms;
import dev.meterbook.budget.projection.Columns;
import dev.meterbook.platform.jdbc.Database;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;

/** Writes what each budget is now, in the transaction of its event. */
@Singleton
public final class BudgetProjection {

    private final Database database;

    BudgetProjection(@Named("budget") Database database) {
        this.database = database;
    }

    /** Takes an event. */
    @EventHandler
    void on(BudgetEvent event) {
        int rows =
                database.write(
                        transaction ->
                                switch (event) {
                                    case BudgetDefined defined -> insert(transaction, defined);
                                    case BudgetChanged changed -> update(transaction, changed);
                                    case BudgetArchived archived -> archive(transaction, archived);
                                    case ThresholdReached _ -> 1;
                                });
        if (rows != 1) {
            throw new IllegalStateException(
                    event.key().name() + ": " + rows + " rows (expected: 1)");
        }
    }

    private static int insert(Connection transaction, BudgetDefined event) throws SQLException {
        String sql =
                """
                insert into budget (tenant_id, budget_id, status, scope_dimensions, scope_values,
                    window_kind, window_zone, window_seconds, limit_value, limit_currency,
                    thresholds, policy, downgrade_model, create_time, update_time)
                values (?, ?, 'ACTIVE', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """;
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setString(1, Columns.tenantId(event.key()));
            insert.setString(2, event.key().budgetId());
            insert.setArray(3, transaction.createArrayOf("int2", dimensions(event)));
            insert.setArray(
                    4,
                    transaction.createArrayOf("text", event.scope().values().values().toArray()));
            insert.setString(5, WindowColumns.kind(event.window()));
            insert.setString(6, WindowColumns.zone(event.window()));
            insert.setObject(7, WindowColumns.seconds(event.window()));
            int next = bindTerms(insert, 8, event.terms());
            insert.setObject(next, Columns.parameter(event.time()));
            insert.setObject(next + 1, Columns.parameter(event.time()));
            return insert.executeUpdate();
        }
    }

    private static Object[] dimensions(BudgetDefined event) {
        return event.scope().values().keySet().stream().map(Dimension::code).toArray();
    }

    private static int bindTerms(PreparedStatement statement, int first, Terms terms)
            throws SQLException {
        statement.setBigDecimal(first, terms.limit().value());
        statement.setString(first + 1, Columns.currency(terms.unit()));
        statement.setArray(
                first + 2,
                statement
                        .getConnection()
                        .createArrayOf("int4", terms.thresholdPercents().toArray()));
        statement.setString(first + 3, policy(terms.policy()));
        statement.setString(first + 4, downgradeModel(terms.policy()));
        return first + 5;
    }

    private static String policy(Policy policy) {
        return switch (policy) {
            case Policy.Warn _ -> "WARN";
            case Policy.LowerOutput _ -> "LOWER_OUTPUT";
            case Policy.Downgrade _ -> "DOWNGRADE";
            case Policy.Deny _ -> "DENY";
        };
    }

    private static @Nullable String downgradeModel(Policy policy) {
        return policy instanceof Policy.Downgrade(String model) ? model : null;
    }

    private static int update(Connection transaction, BudgetChanged event) throws SQLException {
        String sql =
                """
                update budget
                set limit_value = ?, limit_currency = ?, thresholds = ?, policy = ?,
                    downgrade_model = ?, update_time = ?
                where tenant_id = ? and budget_id = ?
                """;
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            int next = bindTerms(update, 1, event.terms());
            update.setObject(next, Columns.parameter(event.time()));
            update.setString(next + 1, Columns.tenantId(event.key()));
            update.setString(next + 2, event.key().budgetId());
            return update.executeUpdate();
        }
    }

    private static int archive(Connection transaction, BudgetArchived event) throws SQLException {
        String sql =
                """
                update budget set status = 'ARCHIVED', update_time = ?
                where tenant_id = ? and budget_id = ?
                """;
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setObject(1, Columns.parameter(event.time()));
            update.setString(2, Columns.tenantId(event.key()));
            update.setString(3, event.key().budgetId());
            return update.executeUpdate();
        }
    }
}
