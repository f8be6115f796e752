package dev.meterbook.ledger.projection.transfer;

import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.ChargeKind;
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
import org.jspecify.annotations.Nullable;

/** Reads transfers apart from metered calls: of invoices and credits, and of settled periods. */
@Singleton
public final class TransferView {

    private static final String LIST =
            """
            select * from (
                (select record_time, 0::bigint as rating_position, id, debit_account,
                     credit_account, amount, reason, 0::smallint as kind, line,
                     coalesce(invoice_id, '') as invoice_id,
                     coalesce(credit_id, '') as credit_id, '' as contract, '' as term, '' as version,
                     record_time as period_start, record_time as period_end
                 from transfer
                 where tenant_id = ? and record_time <= ? and (record_time, 0, id) < (?, ?, ?)
                   and (? = '' or invoice_id = ?)
                 order by record_time desc, id desc limit ?)
                union all
                (select record_time, rating_position, 0, debit_account,
                     credit_account, amount, 0::smallint, kind, 0, '', '',
                     contract, term, version, period_start, period_end
                 from settlement
                 where tenant_id = ? and record_time <= ?
                   and (record_time, rating_position, 0) < (?, ?, ?) and ? = ''
                 order by record_time desc, rating_position desc limit ?)) every
            order by record_time desc, rating_position desc, id desc limit ?
            """;

    private final AccountView accounts;

    /** Names accounts by means of the accounts' own view. */
    public TransferView(AccountView accounts) {
        this.accounts = accounts;
    }

    /** Transfers of a tenant or of the operator, newest first. */
    public List<BookedTransfer> list(Connection transaction, TransferQuery query)
            throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement select = transaction.prepareStatement(LIST)) {
            bind(select, query);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(Row.of(rows));
                }
            }
        }
        return named(transaction, query.tenant(), found);
    }

    private static void bind(PreparedStatement select, TransferQuery query) throws SQLException {
        int next = bindPlace(select, 1, query);
        select.setString(next++, query.invoice());
        select.setString(next++, query.invoice());
        select.setInt(next++, query.limit());
        next = bindPlace(select, next, query);
        select.setString(next++, query.invoice());
        select.setInt(next++, query.limit());
        select.setInt(next, query.limit());
    }

    private static int bindPlace(PreparedStatement select, int first, TransferQuery query)
            throws SQLException {
        int next = first;
        Instant before = SqlTimes.ofMicros(query.before().recordMicros());
        select.setString(next++, query.tenant());
        select.setObject(next++, SqlTimes.parameter(before));
        select.setObject(next++, SqlTimes.parameter(before));
        select.setLong(next++, query.before().ratingPosition());
        select.setLong(next++, query.before().id());
        return next;
    }

    private List<BookedTransfer> named(Connection transaction, String tenant, List<Row> rows)
            throws SQLException {
        Set<Integer> ids = new HashSet<>();
        for (Row row : rows) {
            ids.add(row.debitAccount);
            ids.add(row.creditAccount);
        }
        Map<Integer, AccountKey> keys = accounts.keys(transaction, ids);
        return rows.stream().map(row -> row.booked(tenant, keys)).toList();
    }

    private record Row(
            BookedTransfer.Place place,
            int debitAccount,
            int creditAccount,
            BigDecimal amount,
            TransferReason reason,
            String invoice,
            int line,
            String creditId,
            BookedTransfer.@Nullable Term term) {

        static Row of(ResultSet row) throws SQLException {
            ChargeKind kind = ChargeKind.ofCode(row.getInt("kind")).orElseThrow();
            boolean isSettlement = kind != ChargeKind.USAGE;
            return new Row(
                    new BookedTransfer.Place(
                            SqlTimes.micros(SqlTimes.moment(row, "record_time")),
                            row.getLong("rating_position"),
                            row.getLong("id")),
                    row.getInt("debit_account"),
                    row.getInt("credit_account"),
                    row.getBigDecimal("amount"),
                    isSettlement
                            ? TransferReason.of(kind)
                            : TransferReason.ofCode(row.getInt("reason")).orElseThrow(),
                    row.getString("invoice_id"),
                    row.getInt("line"),
                    row.getString("credit_id"),
                    isSettlement ? term(row) : null);
        }

        private static BookedTransfer.Term term(ResultSet row) throws SQLException {
            return new BookedTransfer.Term(
                    row.getString("contract"),
                    row.getString("term"),
                    row.getString("version"),
                    SqlTimes.moment(row, "period_start"),
                    SqlTimes.moment(row, "period_end"));
        }

        BookedTransfer booked(String tenant, Map<Integer, AccountKey> keys) {
            AccountKey debited = keys.get(debitAccount);
            AccountKey credited = keys.get(creditAccount);
            AccountKey seen = debited != null ? debited : AccountView.keyOf(keys, creditAccount);
            return new BookedTransfer(
                    tenant,
                    place,
                    reason,
                    debited,
                    credited,
                    new Money(amount, seen.currency()),
                    invoice,
                    line,
                    creditId,
                    term);
        }
    }
}
