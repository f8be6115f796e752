package dev.meterbook.ledger.projection.invoice;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.ChargeKind;
import dev.meterbook.ledger.domain.CreditPayment;
import dev.meterbook.ledger.domain.CreditPayments;
import dev.meterbook.ledger.domain.InvoiceHeader;
import dev.meterbook.ledger.domain.InvoiceId;
import dev.meterbook.ledger.domain.InvoiceLine;
import dev.meterbook.ledger.domain.InvoiceLines;
import dev.meterbook.ledger.domain.InvoiceNumber;
import dev.meterbook.ledger.domain.InvoiceSheet;
import dev.meterbook.ledger.domain.InvoiceState;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.ledger.projection.billable.BillableView;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads invoices. */
@Singleton
public final class InvoiceView {

    private static final String COLUMNS =
            """
            select ordinal, tenant_id, invoice_id, state, period, currency, create_time, issue_time,
                   pay_time, rating_position, series_year, series_count, total, exact_total,
                   credits_applied
            from invoice
            """;

    private final BillableView billables;

    /** Takes the lines of drafts from the charges not yet invoiced. */
    public InvoiceView(BillableView billables) {
        this.billables = billables;
    }

    /**
     * An invoice in a list.
     *
     * @param ordinal its place; ascending in the order of creation
     * @param header the invoice
     */
    public record Listed(long ordinal, InvoiceHeader header) {}

    /** An invoice without its lines, if the transaction may see it. */
    public Optional<InvoiceHeader> header(Connection transaction, InvoiceId id)
            throws SQLException {
        String sql = COLUMNS + "where tenant_id = ? and invoice_id = ?";
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, id.tenant());
            select.setString(2, id.id());
            return listed(select).stream().findFirst().map(Listed::header);
        }
    }

    /** A whole invoice, if the transaction may see it. */
    public Optional<InvoiceSheet> sheet(Connection transaction, InvoiceId id) throws SQLException {
        Optional<InvoiceHeader> found = header(transaction, id);
        return found.isEmpty() ? Optional.empty() : Optional.of(sheet(transaction, found.get()));
    }

    private InvoiceSheet sheet(Connection transaction, InvoiceHeader header) throws SQLException {
        InvoiceHeader.Issue issue = header.issue();
        if (issue != null) {
            return new InvoiceSheet(
                    header,
                    lines(transaction, header),
                    credits(transaction, header),
                    issue.ratingPosition());
        }
        BillableView.NextLines next =
                billables.next(
                        transaction, header.id().tenant(), header.currency(), header.period());
        return new InvoiceSheet(
                header,
                next.lines(),
                CreditPayments.none(header.currency()),
                next.ratingPosition());
    }

    /**
     * Invoices, newest first.
     *
     * @param tenant the tenant; null for all
     * @param state only those of this state; null for all
     * @param before the place after which the page begins; {@link Long#MAX_VALUE} for the newest
     */
    public List<Listed> list(
            Connection transaction,
            @Nullable String tenant,
            @Nullable InvoiceState state,
            long before,
            int limit)
            throws SQLException {
        String sql =
                COLUMNS
                        + """
                        where ordinal < ? and (tenant_id = ? or ?::text is null)
                          and (? = 0 or state = ?)
                        order by ordinal desc limit ?
                        """;
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            int code = state == null ? 0 : state.code();
            select.setLong(1, before);
            select.setString(2, tenant);
            select.setString(3, tenant);
            select.setInt(4, code);
            select.setInt(5, code);
            select.setInt(6, limit);
            return listed(select);
        }
    }

    private static List<Listed> listed(PreparedStatement select) throws SQLException {
        List<Listed> listed = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                listed.add(new Listed(rows.getLong("ordinal"), header(rows)));
            }
        }
        return listed;
    }

    private static InvoiceHeader header(ResultSet row) throws SQLException {
        CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
        InvoiceState state = InvoiceState.ofCode(row.getInt("state")).orElseThrow();
        return new InvoiceHeader(
                new InvoiceId(row.getString("tenant_id"), row.getString("invoice_id")),
                state,
                SqlTimes.period(row, "period"),
                currency,
                SqlTimes.moment(row, "create_time"),
                state == InvoiceState.DRAFT ? null : issue(row, currency),
                SqlTimes.momentOrNull(row, "pay_time"));
    }

    private static InvoiceHeader.Issue issue(ResultSet row, CurrencyCode currency)
            throws SQLException {
        return new InvoiceHeader.Issue(
                new InvoiceNumber(row.getInt("series_year"), row.getLong("series_count")),
                new Money(row.getBigDecimal("total"), currency),
                new Money(row.getBigDecimal("exact_total"), currency),
                new Money(row.getBigDecimal("credits_applied"), currency),
                row.getLong("rating_position"),
                SqlTimes.moment(row, "issue_time"));
    }

    private static InvoiceLines lines(Connection transaction, InvoiceHeader header)
            throws SQLException {
        String sql =
                """
                select service_month, kind, provider, model, application, term, calls,
                       input_tokens, output_tokens, exact_amount, amount
                from invoice_line where tenant_id = ? and invoice_id = ? order by line
                """;
        List<InvoiceLine> lines = new ArrayList<>();
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, header.id().tenant());
            select.setString(2, header.id().id());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.add(line(rows, header.currency()));
                }
            }
        }
        return new InvoiceLines(header.currency(), lines);
    }

    private static CreditPayments credits(Connection transaction, InvoiceHeader header)
            throws SQLException {
        String sql =
                """
                select credit_id, amount from invoice_credit
                where tenant_id = ? and invoice_id = ? order by place
                """;
        List<CreditPayment> payments = new ArrayList<>();
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, header.id().tenant());
            select.setString(2, header.id().id());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Money amount = new Money(rows.getBigDecimal("amount"), header.currency());
                    payments.add(new CreditPayment(rows.getString("credit_id"), amount));
                }
            }
        }
        return new CreditPayments(header.currency(), payments);
    }

    private static InvoiceLine line(ResultSet row, CurrencyCode currency) throws SQLException {
        return new InvoiceLine(
                SqlTimes.period(row, "service_month"),
                ChargeKind.ofCode(row.getInt("kind")).orElseThrow(),
                row.getString("provider"),
                row.getString("model"),
                row.getString("application"),
                row.getString("term"),
                row.getLong("calls"),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                new Money(row.getBigDecimal("exact_amount"), currency),
                new Money(row.getBigDecimal("amount"), currency));
    }
}
