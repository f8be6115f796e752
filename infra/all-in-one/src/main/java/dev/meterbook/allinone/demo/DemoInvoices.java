package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.demo.DemoReport.Check;
import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.ledger.v1.CreateInvoiceDraftRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceLine;
import dev.meterbook.proto.ledger.v1.InvoiceState;
import dev.meterbook.proto.ledger.v1.IssueInvoiceRequest;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Issues the invoices of the months in which calls were played. Issued ones are left as they are.
 */
final class DemoInvoices {

    /** Invoices of one month at most: each demo with new calls after an invoice makes another. */
    private static final int MAX_OF_A_MONTH = 50;

    private final Client operator;
    private final BookReader book;

    DemoInvoices(Client operator, BookReader book) {
        this.operator = operator;
        this.book = book;
    }

    /** The invoices of a tenant for the months of its calls, oldest month first. */
    List<Invoice> issue(Company company, List<PlayedCall> calls) {
        TreeSet<YearMonth> months = new TreeSet<>();
        calls.forEach(call -> months.add(YearMonth.from(call.time().atOffset(ZoneOffset.UTC))));
        List<Invoice> invoices = new ArrayList<>();
        for (YearMonth month : months) {
            invoices.addAll(issue(company, month, month.equals(months.last())));
        }
        return invoices;
    }

    /**
     * If charges are left after the last month's invoice was issued earlier, one more takes them.
     */
    private List<Invoice> issue(Company company, YearMonth month, boolean last) {
        List<Invoice> invoices = new ArrayList<>();
        for (int number = 1; number <= MAX_OF_A_MONTH; number++) {
            Invoice draft = draft(company, month, number);
            if (draft.getState() != InvoiceState.INVOICE_STATE_DRAFT) {
                invoices.add(draft);
                if (!last || book.balance(company, "unbilled_receivable").signum() == 0) {
                    break;
                }
            } else {
                if (draft.getLinesCount() > 0) {
                    invoices.add(issue(draft));
                }
                break;
            }
        }
        return invoices;
    }

    private Invoice draft(Company company, YearMonth month, int number) {
        return operator.invoices()
                .createInvoiceDraft(
                        CreateInvoiceDraftRequest.newBuilder()
                                .setParent(company.name())
                                .setInvoiceId("demo-" + month + (number == 1 ? "" : "-" + number))
                                .setPeriod(month.toString())
                                .setCurrencyCode(DemoPrices.CURRENCY)
                                .build());
    }

    private Invoice issue(Invoice draft) {
        return operator.invoices()
                .issueInvoice(IssueInvoiceRequest.newBuilder().setName(draft.getName()).build());
    }

    /** Each invoice adds up, and what was billed less what rounding added is what was booked. */
    Check addUp(List<Company> companies, List<Invoice> invoices) {
        BigDecimal billed = BigDecimal.ZERO;
        BigDecimal revenue = BigDecimal.ZERO;
        boolean addUp = invoices.stream().allMatch(DemoInvoices::addsUp);
        for (Company company : companies) {
            billed =
                    billed.add(book.balance(company, "billed_receivable"))
                            .add(book.balance(company, "payment_clearing"))
                            .subtract(book.balance(company, "rounding"))
                            .add(book.balance(company, "unbilled_receivable"));
            revenue = revenue.add(book.balance(company, "chargeback_revenue"));
        }
        return new Check(
                "the invoices add up to the ledger",
                addUp && billed.compareTo(revenue) == 0,
                "%d invoices; billed + unbilled - rounding %s, revenue %s"
                        .formatted(
                                invoices.size(),
                                BookReader.plain(billed),
                                BookReader.plain(revenue)));
    }

    private static boolean addsUp(Invoice invoice) {
        BigDecimal amounts = BigDecimal.ZERO;
        BigDecimal exact = BigDecimal.ZERO;
        for (InvoiceLine line : invoice.getLinesList()) {
            amounts = amounts.add(BookReader.decimal(line.getAmount().getAmount()));
            exact = exact.add(BookReader.decimal(line.getExactAmount().getAmount()));
        }
        BigDecimal total = BookReader.decimal(invoice.getTotal().getAmount());
        BigDecimal rounding = BookReader.decimal(invoice.getRounding().getAmount());
        return amounts.compareTo(total) == 0
                && exact.compareTo(BookReader.decimal(invoice.getExactTotal().getAmount())) == 0
                && exact.add(rounding).compareTo(total) == 0
                && !invoice.getNumber().isEmpty();
    }
}
