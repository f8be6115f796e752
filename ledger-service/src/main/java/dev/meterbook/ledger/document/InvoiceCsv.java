package dev.meterbook.ledger.document;

import dev.meterbook.ledger.domain.CreditPayment;
import dev.meterbook.ledger.domain.InvoiceHeader;
import dev.meterbook.ledger.domain.InvoiceLine;
import dev.meterbook.ledger.domain.InvoiceSheet;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * An invoice as CSV by RFC 4180, in UTF-8: a header, then one row a line. Amounts are exact decimal
 * numbers without grouping. A text that a spreadsheet would take for a formula gets an apostrophe
 * in front.
 */
@Singleton
public final class InvoiceCsv {

    private static final String[] HEADER = {
        "invoice",
        "number",
        "state",
        "tenant",
        "period",
        "line",
        "service_period",
        "late",
        "provider",
        "model",
        "application",
        "calls",
        "input_tokens",
        "output_tokens",
        "exact_amount",
        "amount",
        "currency",
        "charge_category",
        "description",
        "term",
        "amount_due"
    };
    private static final String NOTHING = "";
    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    /** Writes an invoice; the same one always gives the same bytes. */
    public byte[] render(InvoiceSheet invoice) {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader(HEADER).get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            int number = 0;
            for (InvoiceLine line : invoice.lines().lines()) {
                number++;
                print(printer, invoice, number, line);
            }
            for (CreditPayment credit : invoice.credits().payments()) {
                print(printer, invoice, credit);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void print(
            CSVPrinter printer, InvoiceSheet invoice, int number, InvoiceLine line)
            throws IOException {
        InvoiceHeader header = invoice.header();
        printer.printRecord(
                header.id().id(),
                number(header),
                header.state().name().toLowerCase(Locale.ROOT),
                header.id().tenant(),
                header.period(),
                number,
                line.servicePeriod(),
                invoice.isLate(line),
                harmless(line.provider()),
                harmless(line.model()),
                harmless(line.application()),
                line.calls(),
                line.inputTokens(),
                line.outputTokens(),
                line.exactAmount().plainAmount(),
                Amounts.plain(line.amount()),
                header.currency(),
                line.kind().category().word(),
                line.kind().description(),
                harmless(line.term()),
                amountDue(invoice));
    }

    /** Less than nothing, so that the amounts of all rows come to what is due. */
    private static void print(CSVPrinter printer, InvoiceSheet invoice, CreditPayment credit)
            throws IOException {
        InvoiceHeader header = invoice.header();
        printer.printRecord(
                header.id().id(),
                number(header),
                header.state().name().toLowerCase(Locale.ROOT),
                header.id().tenant(),
                header.period(),
                NOTHING,
                header.period(),
                false,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                NOTHING,
                credit.amount().negated().plainAmount(),
                Amounts.plain(credit.amount().negated()),
                header.currency(),
                "Credit",
                "Credits applied",
                harmless(credit.credit()),
                amountDue(invoice));
    }

    private static String number(InvoiceHeader header) {
        InvoiceHeader.Issue issue = header.issue();
        return issue == null ? NOTHING : issue.number().toString();
    }

    private static String amountDue(InvoiceSheet invoice) {
        InvoiceHeader.Issue issue = invoice.header().issue();
        return issue == null ? NOTHING : Amounts.plain(issue.amountDue());
    }

    static String harmless(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
