package dev.meterbook.ledger.projection.transfer;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.InvoiceId;
import dev.meterbook.ledger.domain.InvoiceTransfer;
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

/** Books the transfers of an invoice: journal rows and balances. */
@Singleton
public final class TransferProjection {

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
            Connection transaction, InvoiceId invoice, List<InvoiceTransfer> transfers, Instant at)
            throws SQLException {
        if (transfers.isEmpty()) {
            return;
        }
        var movements = InvoiceTransfer.movements(transfers);
        Map<AccountKey, Integer> ids = accounts.lock(transaction, movements.keySet());
        insert(transaction, invoice, new Numbered(transfers, ids), at);
        accounts.move(transaction, ids, movements);
    }

    private record Numbered(List<InvoiceTransfer> transfers, Map<AccountKey, Integer> ids) {

        int[] accounts(Function<InvoiceTransfer, AccountKey> side) {
            return transfers.stream()
                    .mapToInt(it -> AccountBook.idOf(ids, side.apply(it)))
                    .toArray();
        }
    }

    private static void insert(
            Connection transaction, InvoiceId invoice, Numbered numbered, Instant at)
            throws SQLException {
        String sql =
                """
                insert into transfer (line, reason, debit_account, credit_account, amount, tenant_id,
                                      invoice_id, record_time)
                select line, reason, debit_account, credit_account, amount, ?, ?, ?
                from unnest(?, ?, ?, ?, ?) with ordinality
                    as t (line, reason, debit_account, credit_account, amount, place)
                order by place
                """;
        List<InvoiceTransfer> transfers = numbered.transfers();
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setString(1, invoice.tenant());
            insert.setString(2, invoice.id());
            insert.setObject(3, SqlTimes.parameter(at));
            new SqlArrays(insert, 4)
                    .ints(transfers.stream().mapToInt(InvoiceTransfer::line).toArray())
                    .ints(transfers.stream().mapToInt(it -> it.reason().code()).toArray())
                    .ints(numbered.accounts(it -> it.transfer().debit()))
                    .ints(numbered.accounts(it -> it.transfer().credit()))
                    .amounts(
                            transfers.stream()
                                    .map(it -> it.transfer().amount().amount())
                                    .toArray(BigDecimal[]::new));
            insert.executeUpdate();
        }
    }
}
