package dev.meterbook.ledger.projection.transfer;

import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.InvoiceId;
import dev.meterbook.ledger.domain.InvoiceTransfer;
import dev.meterbook.ledger.domain.Transfer;
import dev.meterbook.ledger.domain.TransferReason;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.ledger.projection.account.AccountView;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads transfers of invoices. */
@Singleton
public final class TransferView {

    private final AccountView accounts;

    /** Names accounts by means of the accounts' own view. */
    public TransferView(AccountView accounts) {
        this.accounts = accounts;
    }

    /**
     * Transfers of a tenant, newest first.
     *
     * @param invoiceId only those of this invoice; empty for all
     * @param beforeId the number after which the page begins; {@link Long#MAX_VALUE} for the newest
     */
    public List<BookedInvoiceTransfer> list(
            Connection transaction, String tenant, String invoiceId, long beforeId, int limit)
            throws SQLException {
        String sql =
                """
                select id, record_time, debit_account, credit_account, line, reason, invoice_id, amount
                from transfer
                where tenant_id = ? and id < ? and (? = '' or invoice_id = ?)
                order by id desc limit ?
                """;
        List<Row> found = new ArrayList<>();
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, tenant);
            select.setLong(2, beforeId);
            select.setString(3, invoiceId);
            select.setString(4, invoiceId);
            select.setInt(5, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(Row.of(rows));
                }
            }
        }
        return named(transaction, tenant, found);
    }

    private List<BookedInvoiceTransfer> named(Connection transaction, String tenant, List<Row> rows)
            throws SQLException {
        Set<Integer> ids = new HashSet<>();
        for (Row row : rows) {
            ids.add(row.debit);
            ids.add(row.credit);
        }
        Map<Integer, AccountKey> keys = accounts.keys(transaction, ids);
        return rows.stream().map(row -> row.booked(tenant, keys)).toList();
    }

    private record Row(
            long id,
            Instant recordTime,
            int debit,
            int credit,
            int line,
            TransferReason reason,
            String invoiceId,
            BigDecimal amount) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("id"),
                    SqlTimes.moment(row, "record_time"),
                    row.getInt("debit_account"),
                    row.getInt("credit_account"),
                    row.getInt("line"),
                    TransferReason.ofCode(row.getInt("reason")).orElseThrow(),
                    row.getString("invoice_id"),
                    row.getBigDecimal("amount"));
        }

        BookedInvoiceTransfer booked(String tenant, Map<Integer, AccountKey> keys) {
            AccountKey debited = AccountView.keyOf(keys, debit);
            AccountKey credited = AccountView.keyOf(keys, credit);
            Transfer transfer =
                    new Transfer(debited, credited, new Money(amount, debited.currency()));
            return new BookedInvoiceTransfer(
                    id,
                    new InvoiceId(tenant, invoiceId),
                    new InvoiceTransfer(reason, line, transfer),
                    recordTime);
        }
    }
}
