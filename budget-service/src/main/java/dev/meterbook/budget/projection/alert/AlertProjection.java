package dev.meterbook.budget.projection.alert;

import dev.meterbook.budget.domain.BudgetEvent.ThresholdReached;
import dev.meterbook.budget.projection.Columns;
import dev.meterbook.platform.jdbc.Database;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import org.axonframework.eventhandling.EventHandler;

/** Writes thresholds reached, in the transaction of the event. */
@Singleton
public final class AlertProjection {

    private final Database database;

    AlertProjection(@Named("budget") Database database) {
        this.database = database;
    }

    /** Takes an event. */
    @EventHandler
    void on(ThresholdReached event) {
        String sql =
                """
                insert into alert (tenant_id, budget_id, window_start, percent, spent_value,
                    limit_value, currency, create_time)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """;
        var _ =
                database.write(
                        transaction -> {
                            try (PreparedStatement insert = transaction.prepareStatement(sql)) {
                                insert.setString(1, Columns.tenantId(event.key()));
                                insert.setString(2, event.key().budgetId());
                                insert.setObject(3, Columns.parameter(event.windowStart()));
                                insert.setInt(4, event.percent());
                                insert.setBigDecimal(5, event.spent().value());
                                insert.setBigDecimal(6, event.limit().value());
                                insert.setString(7, Columns.currency(event.limit().unit()));
                                insert.setObject(8, Columns.parameter(event.time()));
                                return insert.executeUpdate();
                            }
                        });
    }
}
