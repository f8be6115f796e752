package dev.meterbook.ledger.projection.invoice;

import dev.meterbook.ledger.domain.CreditPayment;
import dev.meterbook.ledger.domain.CreditPayments;
import dev.meterbook.ledger.domain.InvoiceEvent;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoiceDrafted;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoiceIssued;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoicePaid;
import dev.meterbook.ledger.domain.InvoiceId;
import dev.meterbook.ledger.domain.InvoiceLine;
import dev.meterbook.ledger.domain.InvoiceLines;
import dev.meterbook.ledger.domain.InvoiceNumber;
import dev.meterbook.ledger.domain.InvoiceState;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.platform.jdbc.SqlArrays;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Writes invoices as their events happen, in the transaction of the event; and gives numbers. */
@Singleton
public final class InvoiceProjection {

    /**
     * The next free number of a year. Its row is locked until the transaction ends; the number is
     * taken when the invoice is written, and free again if it is not.
     */
    public InvoiceNumber nextNumber(Connection transaction, int year) throws SQLException {
        String open = "insert into invoice_series values (?, 0) on conflict do nothing";
        try (PreparedStatement insert = transaction.prepareStatement(open)) {
            insert.setInt(1, year);
            insert.executeUpdate();
        }
        String lock = "select last_count from invoice_series where year = ? for update";
        try (PreparedStatement select = transaction.prepareStatement(lock)) {
            select.setInt(1, year);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new InvoiceNumber(year, row.getLong(1) + 1);
            }
        }
    }

    /** Writes what an event says. */
    public void write(Connection transaction, InvoiceEvent event) throws SQLException {
        switch (event) {
            case InvoiceDrafted drafted -> insert(transaction, drafted);
            case InvoiceIssued issued -> {
                takeNumber(transaction, issued.number());
                update(transaction, issued);
                insertLines(transaction, issued.id(), issued.lines());
                insertCredits(transaction, issued.id(), issued.credits());
            }
            case InvoicePaid paid -> update(transaction, paid);
        }
    }

    private static void insert(Connection transaction, InvoiceDrafted drafted) throws SQLException {
        String sql =
                """
                insert into invoice (tenant_id, invoice_id, state, period, currency, create_time)
                values (?, ?, ?, ?, ?, ?)
                """;
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setString(1, drafted.id().tenant());
            insert.setString(2, drafted.id().id());
            insert.setInt(3, InvoiceState.DRAFT.code());
            insert.setObject(4, SqlTimes.firstDay(drafted.period()));
            insert.setString(5, drafted.currency().code());
            insert.setObject(6, SqlTimes.parameter(drafted.createTime()));
            insert.executeUpdate();
        }
    }

    private static void takeNumber(Connection transaction, InvoiceNumber number)
            throws SQLException {
        String sql = "update invoice_series set last_count = ? where year = ? and last_count = ?";
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setLong(1, number.count());
            update.setInt(2, number.year());
            update.setLong(3, number.count() - 1);
            expectOne(update.executeUpdate(), "number " + number);
        }
    }

    private static void update(Connection transaction, InvoiceIssued issued) throws SQLException {
        String sql =
                """
                update invoice
                set state = ?, issue_time = ?, pay_time = ?, rating_position = ?, series_year = ?,
                    series_count = ?, total = ?, exact_total = ?, credits_applied = ?
                where tenant_id = ? and invoice_id = ? and state = ?
                """;
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            OffsetDateTime time = SqlTimes.parameter(issued.issueTime());
            update.setInt(1, (issued.isPaid() ? InvoiceState.PAID : InvoiceState.ISSUED).code());
            update.setObject(2, time);
            update.setObject(3, issued.isPaid() ? time : null, Types.TIMESTAMP_WITH_TIMEZONE);
            update.setLong(4, issued.ratingPosition());
            update.setInt(5, issued.number().year());
            update.setLong(6, issued.number().count());
            update.setBigDecimal(7, issued.lines().total().amount());
            update.setBigDecimal(8, issued.lines().exactTotal().amount());
            update.setBigDecimal(9, issued.credits().total().amount());
            update.setString(10, issued.id().tenant());
            update.setString(11, issued.id().id());
            update.setInt(12, InvoiceState.DRAFT.code());
            expectOne(update.executeUpdate(), "draft " + issued.id().resourceName());
        }
    }

    private static void update(Connection transaction, InvoicePaid paid) throws SQLException {
        String sql =
                """
                update invoice set state = ?, pay_time = ?
                where tenant_id = ? and invoice_id = ? and state = ?
                """;
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setInt(1, InvoiceState.PAID.code());
            update.setObject(2, SqlTimes.parameter(paid.payTime()));
            update.setString(3, paid.id().tenant());
            update.setString(4, paid.id().id());
            update.setInt(5, InvoiceState.ISSUED.code());
            expectOne(update.executeUpdate(), "issued " + paid.id().resourceName());
        }
    }

    private static void insertLines(Connection transaction, InvoiceId id, InvoiceLines lines)
            throws SQLException {
        String sql =
                """
                insert into invoice_line (tenant_id, invoice_id, line, service_month, kind, provider,
                                          model, application, term, calls, input_tokens,
                                          output_tokens, exact_amount, amount)
                select ?, ?, line, service_month::date, kind, provider, model, application, term,
                       calls, input_tokens, output_tokens, exact_amount, amount
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as l (line, service_month, kind, provider, model, application, term, calls,
                          input_tokens, output_tokens, exact_amount, amount)
                """;
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setString(1, id.tenant());
            insert.setString(2, id.id());
            bind(new SqlArrays(insert, 3), lines.lines());
            insert.executeUpdate();
        }
    }

    private static void insertCredits(Connection transaction, InvoiceId id, CreditPayments credits)
            throws SQLException {
        String sql =
                """
                insert into invoice_credit (tenant_id, invoice_id, place, credit_id, amount)
                select ?, ?, place, credit_id, amount
                from unnest(?, ?) with ordinality as c (credit_id, amount, place)
                """;
        List<CreditPayment> payments = credits.payments();
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setString(1, id.tenant());
            insert.setString(2, id.id());
            new SqlArrays(insert, 3)
                    .texts(payments.stream().map(CreditPayment::credit).toArray(String[]::new))
                    .amounts(
                            payments.stream()
                                    .map(it -> it.amount().amount())
                                    .toArray(BigDecimal[]::new));
            insert.executeUpdate();
        }
    }

    private static void bind(SqlArrays arrays, List<InvoiceLine> lines) throws SQLException {
        arrays.ints(IntStream.rangeClosed(1, lines.size()).toArray())
                .texts(texts(lines, it -> SqlTimes.firstDay(it.servicePeriod()).toString()))
                .ints(lines.stream().mapToInt(it -> it.kind().code()).toArray())
                .texts(texts(lines, InvoiceLine::provider))
                .texts(texts(lines, InvoiceLine::model))
                .texts(texts(lines, InvoiceLine::application))
                .texts(texts(lines, InvoiceLine::term))
                .longs(lines.stream().mapToLong(InvoiceLine::calls).toArray())
                .longs(lines.stream().mapToLong(InvoiceLine::inputTokens).toArray())
                .longs(lines.stream().mapToLong(InvoiceLine::outputTokens).toArray())
                .amounts(amounts(lines, it -> it.exactAmount().amount()))
                .amounts(amounts(lines, it -> it.amount().amount()));
    }

    private static String[] texts(List<InvoiceLine> lines, Function<InvoiceLine, String> column) {
        return lines.stream().map(column).toArray(String[]::new);
    }

    private static BigDecimal[] amounts(
            List<InvoiceLine> lines, Function<InvoiceLine, BigDecimal> column) {
        return lines.stream().map(column).toArray(BigDecimal[]::new);
    }

    private static void expectOne(int updated, String what) {
        if (updated != 1) {
            throw new IllegalStateException(what + ": " + updated + " rows (expected: 1)");
        }
    }
}
