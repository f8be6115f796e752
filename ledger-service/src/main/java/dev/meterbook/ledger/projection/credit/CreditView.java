package dev.meterbook.ledger.projection.credit;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.CreditGranted;
import dev.meterbook.ledger.domain.CreditId;
import dev.meterbook.ledger.domain.CreditKind;
import dev.meterbook.ledger.domain.CreditPayments;
import dev.meterbook.ledger.domain.CreditTerms;
import dev.meterbook.ledger.domain.OpenCredit;
import dev.meterbook.ledger.projection.SqlTimes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads credits. */
@Singleton
public final class CreditView {

    private static final String COLUMNS =
            """
            select ordinal, tenant_id, credit_id, kind, currency, amount, remaining, note,
                   expire_time, grant_time
            from tenant_credit
            """;

    /**
     * A credit as it stands.
     *
     * @param ordinal its place; ascending in the order of granting
     * @param granted what was granted
     * @param remaining what is left of it, even if it has expired
     */
    public record Standing(long ordinal, CreditGranted granted, Money remaining) {}

    /** A credit, if the transaction may see it. */
    public Optional<Standing> find(Connection transaction, CreditId id) throws SQLException {
        String sql = COLUMNS + "where tenant_id = ? and credit_id = ?";
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, id.tenant());
            select.setString(2, id.id());
            return standing(select).stream().findFirst();
        }
    }

    /**
     * Credits of a tenant, newest first.
     *
     * @param before the place after which the page begins; {@link Long#MAX_VALUE} for the newest
     */
    public List<Standing> list(Connection transaction, String tenant, long before, int limit)
            throws SQLException {
        String sql = COLUMNS + "where tenant_id = ? and ordinal < ? order by ordinal desc limit ?";
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, tenant);
            select.setLong(2, before);
            select.setInt(3, limit);
            return standing(select);
        }
    }

    /**
     * Credits that can pay an invoice at a moment: of those that expire first the oldest first, as
     * many as may pay one invoice.
     */
    public List<OpenCredit> open(
            Connection transaction, String tenant, CurrencyCode currency, Instant at)
            throws SQLException {
        String sql =
                COLUMNS
                        + """
                        where tenant_id = ? and currency = ? and remaining > 0
                          and (expire_time is null or expire_time > ?)
                        order by expire_time nulls last, ordinal limit ?
                        """;
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, tenant);
            select.setString(2, currency.code());
            select.setObject(3, SqlTimes.parameter(at));
            select.setInt(4, CreditPayments.MAX_PAYMENTS);
            return standing(select).stream()
                    .map(
                            it ->
                                    new OpenCredit(
                                            it.granted().id().id(),
                                            it.remaining(),
                                            it.granted().terms().expireTime()))
                    .toList();
        }
    }

    private static List<Standing> standing(PreparedStatement select) throws SQLException {
        List<Standing> standing = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                CurrencyCode currency = CurrencyCode.of(rows.getString("currency"));
                standing.add(
                        new Standing(
                                rows.getLong("ordinal"),
                                granted(rows, currency),
                                new Money(rows.getBigDecimal("remaining"), currency)));
            }
        }
        return standing;
    }

    private static CreditGranted granted(ResultSet row, CurrencyCode currency) throws SQLException {
        return new CreditGranted(
                new CreditId(row.getString("tenant_id"), row.getString("credit_id")),
                new CreditTerms(
                        CreditKind.ofCode(row.getInt("kind")).orElseThrow(),
                        new Money(row.getBigDecimal("amount"), currency),
                        row.getString("note"),
                        SqlTimes.momentOrNull(row, "expire_time")),
                SqlTimes.moment(row, "grant_time"));
    }
}
