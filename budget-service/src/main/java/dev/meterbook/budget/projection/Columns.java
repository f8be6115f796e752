package dev.meterbook.budget.projection;

import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.Unit;
import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How values stand in columns. */
public final class Columns {

    private Columns() {}

    /** The owner of a budget as {@code tenant_id}. */
    public static String tenantId(BudgetKey key) {
        return tenantId(key.tenantId());
    }

    /** A tenant, or the operator where it is empty, as {@code tenant_id}. */
    public static String tenantId(String tenant) {
        return tenant.isEmpty() ? BudgetKey.OPERATOR : tenant;
    }

    /** Which budget a row is about. */
    public static BudgetKey key(ResultSet row) throws SQLException {
        String owner = row.getString("tenant_id");
        return new BudgetKey(
                owner.equals(BudgetKey.OPERATOR) ? "" : owner, row.getString("budget_id"));
    }

    /** The currency of a unit; null for tokens. */
    public static @Nullable String currency(Unit unit) {
        return unit instanceof Unit.Currency(CurrencyCode code) ? code.code() : null;
    }

    /** An amount of two columns. */
    public static Amount amount(ResultSet row, String value, String currency) throws SQLException {
        BigDecimal number = row.getBigDecimal(value);
        @Nullable String code = row.getString(currency);
        return new Amount(
                number, code == null ? Unit.tokens() : Unit.currency(CurrencyCode.of(code)));
    }

    /** A moment as a parameter. */
    public static OffsetDateTime parameter(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    /** A moment. */
    public static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
