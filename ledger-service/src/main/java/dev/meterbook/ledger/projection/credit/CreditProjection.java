package dev.meterbook.ledger.projection.credit;

import dev.meterbook.ledger.domain.CreditGranted;
import dev.meterbook.ledger.domain.CreditPayment;
import dev.meterbook.ledger.domain.CreditPayments;
import dev.meterbook.ledger.domain.CreditTerms;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.platform.jdbc.SqlArrays;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;

/** Writes credits as they are granted and pay, in the transaction of the event. */
@Singleton
public final class CreditProjection {

    /** Writes a credit. */
    public void write(Connection transaction, CreditGranted granted) throws SQLException {
        String sql =
                """
                insert into tenant_credit (tenant_id, credit_id, kind, currency, amount, remaining,
                                           note, expire_time, grant_time)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """;
        CreditTerms terms = granted.terms();
        Instant expireTime = terms.expireTime();
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setString(1, granted.id().tenant());
            insert.setString(2, granted.id().id());
            insert.setInt(3, terms.kind().code());
            insert.setString(4, terms.amount().currency().code());
            insert.setBigDecimal(5, terms.amount().amount());
            insert.setBigDecimal(6, terms.amount().amount());
            insert.setString(7, terms.note());
            insert.setObject(
                    8,
                    expireTime == null ? null : SqlTimes.parameter(expireTime),
                    Types.TIMESTAMP_WITH_TIMEZONE);
            insert.setObject(9, SqlTimes.parameter(granted.grantTime()));
            insert.executeUpdate();
        }
    }

    /**
     * Takes from credits what they paid.
     *
     * @throws SQLException with state 23514 if a credit has less than it pays
     */
    public void take(Connection transaction, String tenant, CreditPayments paid)
            throws SQLException {
        String sql =
                """
                update tenant_credit c set remaining = c.remaining - p.amount
                from unnest(?, ?) as p (credit_id, amount)
                where c.tenant_id = ? and c.credit_id = p.credit_id and c.currency = ?
                """;
        List<CreditPayment> payments = paid.payments();
        if (payments.isEmpty()) {
            return;
        }
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            new SqlArrays(update)
                    .texts(payments.stream().map(CreditPayment::credit).toArray(String[]::new))
                    .amounts(
                            payments.stream()
                                    .map(it -> it.amount().amount())
                                    .toArray(BigDecimal[]::new));
            update.setString(3, tenant);
            update.setString(4, paid.currency().code());
            int taken = update.executeUpdate();
            if (taken != payments.size()) {
                throw new IllegalStateException(
                        "credits that paid: " + taken + " (expected: " + payments.size() + ")");
            }
        }
    }
}
