package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A transfer apart from metered calls: what an invoice or a grant of credit makes.
 *
 * @param reason why
 * @param line number of the line, from 1; 0 if it belongs to none
 * @param credit id of the credit that is granted or pays; empty if there is none
 * @param transfer the transfer; never of zero
 */
public record ReasonedTransfer(TransferReason reason, int line, String credit, Transfer transfer) {

    /**
     * What issuing books, line by line: the exact amount leaves unbilled for billed, and the
     * remainder of rounding comes on top from {@code rounding}. So billed holds what is to be paid,
     * and unbilled nothing of what was invoiced.
     */
    public static List<ReasonedTransfer> ofIssue(String tenant, InvoiceLines lines) {
        List<ReasonedTransfer> transfers = new ArrayList<>();
        AccountKey billed = account(AccountType.BILLED_RECEIVABLE, tenant, lines.currency());
        AccountKey unbilled = account(AccountType.UNBILLED_RECEIVABLE, tenant, lines.currency());
        AccountKey rounding = account(AccountType.ROUNDING, tenant, lines.currency());
        int number = 0;
        for (InvoiceLine line : lines.lines()) {
            number++;
            Money exact = line.exactAmount();
            add(transfers, TransferReason.INVOICE_LINE, number, billed, unbilled, exact);
            add(transfers, TransferReason.ROUNDING, number, billed, rounding, line.remainder());
        }
        return transfers;
    }

    /** What a grant books: the tenant's payment, or an expense of the operator, is owed to it. */
    public static ReasonedTransfer ofGrant(CreditGranted granted) {
        String tenant = granted.id().tenant();
        Money amount = granted.terms().amount();
        return new ReasonedTransfer(
                TransferReason.CREDIT_GRANT,
                0,
                granted.id().id(),
                new Transfer(
                        granted.terms().kind().source(tenant, amount.currency()),
                        account(AccountType.TENANT_CREDIT, tenant, amount.currency()),
                        amount));
    }

    /** What credits book that pay: what was owed to the tenant pays what the tenant owes. */
    public static List<ReasonedTransfer> ofCredits(String tenant, CreditPayments credits) {
        List<ReasonedTransfer> transfers = new ArrayList<>();
        AccountKey credit = account(AccountType.TENANT_CREDIT, tenant, credits.currency());
        AccountKey billed = account(AccountType.BILLED_RECEIVABLE, tenant, credits.currency());
        for (CreditPayment payment : credits.payments()) {
            transfers.add(
                    new ReasonedTransfer(
                            TransferReason.CREDIT_APPLIED,
                            0,
                            payment.credit(),
                            new Transfer(credit, billed, payment.amount())));
        }
        return transfers;
    }

    /** What a payment in full books; nothing if nothing is due. */
    public static List<ReasonedTransfer> ofPayment(String tenant, Money due) {
        List<ReasonedTransfer> transfers = new ArrayList<>();
        AccountKey clearing = account(AccountType.PAYMENT_CLEARING, tenant, due.currency());
        AccountKey billed = account(AccountType.BILLED_RECEIVABLE, tenant, due.currency());
        add(transfers, TransferReason.PAYMENT, 0, clearing, billed, due);
        return transfers;
    }

    /** What transfers move on each account. */
    public static Map<AccountKey, Movement> movements(List<ReasonedTransfer> transfers) {
        Movements movements = new Movements();
        transfers.forEach(it -> movements.add(it.transfer()));
        return movements.byAccount();
    }

    private static AccountKey account(AccountType type, String tenant, CurrencyCode currency) {
        return AccountKey.ofTenant(type, tenant, currency);
    }

    private static void add(
            List<ReasonedTransfer> to,
            TransferReason reason,
            int line,
            AccountKey debit,
            AccountKey credit,
            Money amount) {
        if (!amount.isZero()) {
            to.add(
                    new ReasonedTransfer(
                            reason, line, "", Transfer.ofSigned(debit, credit, amount)));
        }
    }
}
