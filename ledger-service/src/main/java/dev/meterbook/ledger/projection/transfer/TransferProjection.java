package dev.meterbook.ledger.projection.transfer;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.CreditGranted;
import dev.meterbook.ledger.domain.InvoiceId;
import dev.meterbook.ledger.domain.ReasonedTransfer;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.ledger.projection.account.AccountBook;
import dev.meterbook.platform.jdbc.SqlArrays;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Books transfers of invoices and grants of credit: journal rows and balances. */
@Singleton
public final class TransferProjection {

    private static final String INSERT =
            """
            insert into transfer (line, reason, credit_id, debit_account, credit_account, amount,
                                  tenant_id, invoice_id, record_time)
            select line, reason, nullif(credit, ''), debit_account, credit_account, amount, ?, ?, ?
            from unnest(?, ?, ?, ?, ?, ?) with ordinality
                as t (line, reason, credit, debit_account, credit_account, amount, place)
            order by place
            """;

    private final AccountBook accounts;

    /** Books on accounts. */
    public TransferProjection(AccountBook accounts) {
        this.accounts = accounts;
    }

    /**
     * Books transfers of an invoice, all or none.
     *
     * @throws SQLException with state 23505 if the same step of the invoice is booked already
     */
    public void book(
            Connection transaction, InvoiceId invoice, List<ReasonedTransfer> transfers, Instant at)
            throws SQLException {
        book(transaction, invoice.tenant(), invoice.id(), transfers, at);
    }

    /**
     * Books the grant of a credit.
     *
     * @throws SQLException with state 23505 if it is booked already
     */
    public void book(Connection transaction, CreditGranted granted) throws SQLException {
        List<ReasonedTransfer> transfers = List.of(ReasonedTransfer.ofGrant(granted));
        book(transaction, granted.id().tenant(), null, transfers, granted.grantTime());
    }

    private void book(
            Connection transaction,
            String tenant,
            @Nullable String invoice,
            List<ReasonedTransfer> transfers,
            Instant at)
            throws SQLException {
        if (transfers.isEmpty()) {
            return;
        }
        var movements = ReasonedTransfer.movements(transfers);
        Map<AccountKey, Integer> ids = accounts.lock(transaction, movements.keySet());
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setString(1, tenant);
            insert.setString(2, invoice);
            insert.setObject(3, SqlTimes.parameter(at));
            bind(new SqlArrays(insert, 4), new Numbered(transfers, ids));
            insert.executeUpdate();
        }
        accounts.move(transaction, ids, movements);
    }

    private record Numbered(List<ReasonedTransfer> transfers, Map<AccountKey, Integer> ids) {

        int[] accounts(Function<ReasonedTransfer, AccountKey> side) {
            return transfers.stream()
                    .mapToInt(it -> AccountBook.idOf(ids, side.apply(it)))
                    .toArray();
        }
    }

    private static void bind(SqlArrays arrays, Numbered numbered) throws SQLException {
        List<ReasonedTransfer> transfers = numbered.transfers();
        arrays.ints(transfers.stream().mapToInt(ReasonedTransfer::line).toArray())
                .ints(transfers.stream().mapToInt(it -> it.reason().code()).toArray())
                .texts(transfers.stream().map(ReasonedTransfer::credit).toArray(String[]::new))
                .ints(numbered.accounts(it -> it.transfer().debit()))
                .ints(numbered.accounts(it -> it.transfer().credit()))
                .amounts(
                        transfers.stream()
                                .map(it -> it.transfer().amount().amount())
                                .toArray(BigDecimal[]::new));
    }
}
