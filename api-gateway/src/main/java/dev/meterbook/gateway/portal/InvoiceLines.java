package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Wire;
import dev.meterbook.gateway.domain.Amounts;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceLine;
import dev.meterbook.proto.ledger.v1.InvoiceState;
import dev.meterbook.proto.ledger.v1.ListInvoicesRequest;
import dev.meterbook.proto.ledger.v1.ListInvoicesResponse;
import java.util.List;

/** Invoices as lists and pages show them. */
public final class InvoiceLines {

    private InvoiceLines() {}

    /**
     * An invoice in a list.
     *
     * @param tenant whose it is
     * @param id its id within the tenant
     * @param number its number; empty for a draft
     * @param period the month that it is for
     * @param state draft, issued or paid
     * @param total the sum of the lines; empty for a draft
     * @param issued when it was issued; empty for a draft
     */
    public record Line(
            String tenant,
            String id,
            String number,
            String period,
            String state,
            String total,
            String issued) {

        /** Number, or id for a draft. */
        public String title() {
            return number.isEmpty() ? id : number;
        }
    }

    /**
     * A part of a list.
     *
     * @param lines newest first
     * @param nextPageToken for the next part; empty at the end
     */
    public record Listing(List<Line> lines, String nextPageToken) {}

    /**
     * One line of an invoice.
     *
     * @param number from 1
     * @param period the month in which the calls occurred or the settled period ended
     * @param late true if that month is before the invoice's
     * @param provider the provider; empty for a term of the plan
     * @param model the model, or what the term asks for
     * @param application the application, or the term's id
     * @param calls number of calls; empty for a term
     * @param inputTokens input tokens; empty for a term
     * @param outputTokens output tokens; empty for a term
     * @param exact the exact sum
     * @param amount what is to be paid
     */
    public record Item(
            String number,
            String period,
            boolean late,
            String provider,
            String model,
            String application,
            String calls,
            String inputTokens,
            String outputTokens,
            String exact,
            String amount) {}

    /**
     * An invoice with its lines.
     *
     * @param line as in a list
     * @param items its lines
     * @param total the sum of the lines
     * @param credits what credits paid of it; empty if they paid nothing
     * @param due what is left to pay, or the total of a draft
     * @param exactTotal what was booked for the calls
     * @param rounding what rounding added
     * @param created when the draft was made
     * @param issued when it was issued; empty for a draft
     * @param paid when it was paid; empty if it was not
     * @param position position of the book that the lines were taken at
     */
    public record Detail(
            Line line,
            List<Item> items,
            String total,
            String credits,
            String due,
            String exactTotal,
            String rounding,
            String created,
            String issued,
            String paid,
            String position) {

        /** True if it is not issued yet. */
        public boolean isDraft() {
            return line.state().equals(DRAFT);
        }

        /** True if it is issued and not paid. */
        public boolean isOpen() {
            return line.state().equals(ISSUED);
        }
    }

    private static final String DRAFT = "draft";
    private static final String ISSUED = "issued";

    static Listing list(Services services, String parent, int size, String pageToken) {
        ListInvoicesResponse answer =
                services.invoices()
                        .listInvoices(
                                ListInvoicesRequest.newBuilder()
                                        .setParent(parent)
                                        .setPageSize(size)
                                        .setPageToken(pageToken)
                                        .build());
        return new Listing(
                answer.getInvoicesList().stream().map(InvoiceLines::line).toList(),
                answer.getNextPageToken());
    }

    static Detail detail(Invoice invoice) {
        return new Detail(
                line(invoice),
                invoice.getLinesList().stream().map(InvoiceLines::item).toList(),
                Amounts.exact(Wire.money(invoice.getTotal())),
                invoice.getCreditsCount() == 0
                        ? ""
                        : Amounts.exact(Wire.money(invoice.getCreditsApplied())),
                Amounts.exact(
                        Wire.money(
                                invoice.hasAmountDue()
                                        ? invoice.getAmountDue()
                                        : invoice.getTotal())),
                Amounts.exact(Wire.money(invoice.getExactTotal())),
                Amounts.exact(Wire.money(invoice.getRounding())),
                Times.day(Wire.instant(invoice.getCreateTime())),
                invoice.hasIssueTime() ? Times.day(Wire.instant(invoice.getIssueTime())) : "",
                invoice.hasPayTime() ? Times.day(Wire.instant(invoice.getPayTime())) : "",
                Amounts.count(invoice.getRatingPosition()));
    }

    private static Line line(Invoice invoice) {
        return new Line(
                Wire.tenantOf(invoice.getName()),
                Wire.idOf(invoice.getName()),
                invoice.getNumber(),
                invoice.getPeriod(),
                state(invoice.getState()),
                invoice.hasTotal() ? Amounts.exact(Wire.money(invoice.getTotal())) : "",
                invoice.hasIssueTime() ? Times.day(Wire.instant(invoice.getIssueTime())) : "");
    }

    private static Item item(InvoiceLine line) {
        boolean isTerm = !line.getTerm().isEmpty();
        return new Item(
                Integer.toString(line.getNumber()),
                line.getServicePeriod(),
                line.getLate(),
                line.getProvider(),
                isTerm ? line.getDescription() : line.getModel(),
                isTerm ? line.getTerm() : line.getApplication(),
                isTerm ? "" : Amounts.count(line.getCallCount()),
                isTerm ? "" : Amounts.count(line.getInputTokens()),
                isTerm ? "" : Amounts.count(line.getOutputTokens()),
                Amounts.exact(Wire.money(line.getExactAmount())),
                Amounts.exact(Wire.money(line.getAmount())));
    }

    private static String state(InvoiceState state) {
        return switch (state) {
            case INVOICE_STATE_DRAFT -> DRAFT;
            case INVOICE_STATE_ISSUED -> ISSUED;
            case INVOICE_STATE_PAID -> "paid";
            case INVOICE_STATE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }
}
