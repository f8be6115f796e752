package dev.meterbook.budget.projection.alert;

import dev.meterbook.budget.domain.BudgetEvent.ThresholdReached;
import dev.meterbook.budget.projection.Columns;
import dev.meterbook.platform.jdbc.Database;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads alerts, always as their owner: row-level security hides those of all others. */
@Singleton
public final class AlertView {

    private final Database database;

    AlertView(@Named("budget") Database database) {
        this.database = database;
    }

    /**
     * An alert.
     *
     * @param number counts up with time
     * @param alert what happened
     */
    public record Row(long number, ThresholdReached alert) {}

    /**
     * Alerts of an owner, newest first.
     *
     * @param tenant the tenant; empty for the operator's own
     * @param budgetId of one budget; empty for all
     * @param before the number behind the first one wanted; {@link Long#MAX_VALUE} for the
     *     beginning
     * @param limit alerts at most
     */
    public List<Row> list(String tenant, String budgetId, long before, int limit) {
        String owner = Columns.tenantId(tenant);
        String sql =
                """
                select number, tenant_id, budget_id, window_start, percent, spent_value,
                    limit_value, currency, create_time
                from alert
                where tenant_id = ? and number < ? and (? = '' or budget_id = ?)
                order by number desc limit ?
                """;
        return database.readAsTenant(
                owner,
                transaction -> {
                    try (PreparedStatement select = transaction.prepareStatement(sql)) {
                        select.setString(1, owner);
                        select.setLong(2, before);
                        select.setString(3, budgetId);
                        select.setString(4, budgetId);
                        select.setInt(5, limit);
                        return rows(select);
                    }
                });
    }

    private static List<Row> rows(PreparedStatement select) throws SQLException {
        List<Row> alerts = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                alerts.add(row(rows));
            }
        }
        return alerts;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("number"),
                new ThresholdReached(
                        Columns.key(row),
                        row.getInt("percent"),
                        Columns.moment(row, "window_start"),
                        Columns.amount(row, "spent_value", "currency"),
                        Columns.amount(row, "limit_value", "currency"),
                        Columns.moment(row, "create_time")));
    }
}
