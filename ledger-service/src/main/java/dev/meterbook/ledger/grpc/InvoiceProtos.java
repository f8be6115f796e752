package dev.meterbook.ledger.grpc;

import dev.meterbook.ledger.domain.CreditId;
import dev.meterbook.ledger.domain.CreditPayment;
import dev.meterbook.ledger.domain.InvoiceHeader;
import dev.meterbook.ledger.domain.InvoiceLine;
import dev.meterbook.ledger.domain.InvoiceLines;
import dev.meterbook.ledger.domain.InvoiceSheet;
import dev.meterbook.proto.ledger.v1.AppliedCredit;
import dev.meterbook.proto.ledger.v1.Invoice;

/** Invoices as messages. */
final class InvoiceProtos {

    private InvoiceProtos() {}

    /** Without lines and credits; drafts without amounts. */
    static Invoice toProto(InvoiceHeader header) {
        return header(header).build();
    }

    /** With lines and amounts. */
    static Invoice toProto(InvoiceSheet sheet) {
        InvoiceLines lines = sheet.lines();
        Invoice.Builder proto =
                header(sheet.header())
                        .setTotal(LedgerProtos.money(lines.total()))
                        .setExactTotal(LedgerProtos.money(lines.exactTotal()))
                        .setRounding(LedgerProtos.money(lines.rounding()))
                        .setRatingPosition(sheet.ratingPosition());
        int number = 0;
        for (InvoiceLine line : lines.lines()) {
            number++;
            proto.addLines(line(number, line).setLate(sheet.isLate(line)));
        }
        String tenant = sheet.header().id().tenant();
        for (CreditPayment payment : sheet.credits().payments()) {
            proto.addCredits(
                    AppliedCredit.newBuilder()
                            .setCredit(new CreditId(tenant, payment.credit()).resourceName())
                            .setAmount(LedgerProtos.money(payment.amount())));
        }
        return proto.build();
    }

    private static Invoice.Builder header(InvoiceHeader header) {
        Invoice.Builder proto =
                Invoice.newBuilder()
                        .setName(header.id().resourceName())
                        .setStateValue(header.state().code())
                        .setPeriod(header.period().toString())
                        .setCurrencyCode(header.currency().code())
                        .setCreateTime(LedgerProtos.timestamp(header.createTime()));
        InvoiceHeader.Issue issue = header.issue();
        if (issue != null) {
            proto.setNumber(issue.number().toString())
                    .setTotal(LedgerProtos.money(issue.total()))
                    .setExactTotal(LedgerProtos.money(issue.exactTotal()))
                    .setRounding(LedgerProtos.money(issue.total().minus(issue.exactTotal())))
                    .setCreditsApplied(LedgerProtos.money(issue.credits()))
                    .setAmountDue(LedgerProtos.money(issue.amountDue()))
                    .setRatingPosition(issue.ratingPosition())
                    .setIssueTime(LedgerProtos.timestamp(issue.issueTime()));
        }
        if (header.payTime() != null) {
            proto.setPayTime(LedgerProtos.timestamp(header.payTime()));
        }
        return proto;
    }

    private static dev.meterbook.proto.ledger.v1.InvoiceLine.Builder line(
            int number, InvoiceLine line) {
        return dev.meterbook.proto.ledger.v1.InvoiceLine.newBuilder()
                .setNumber(number)
                .setServicePeriod(line.servicePeriod().toString())
                .setProvider(line.provider())
                .setModel(line.model())
                .setApplication(line.application())
                .setCallCount(line.calls())
                .setInputTokens(line.inputTokens())
                .setOutputTokens(line.outputTokens())
                .setExactAmount(LedgerProtos.money(line.exactAmount()))
                .setAmount(LedgerProtos.money(line.amount()))
                .setChargeCategoryValue(line.kind().category().code())
                .setDescription(line.kind().description())
                .setTerm(line.term());
    }
}
