package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A transfer that an invoice makes.
 *
 * @param reason why
 * @param line number of the line, from 1; 0 if it belongs to none
 * @param transfer the transfer; never of zero
 */
public record InvoiceTransfer(TransferReason reason, int line, Transfer transfer) {

    /**
     * What issuing books, line by line: the exact amount leaves unbilled for billed, and the
     * remainder of rounding comes on top from {@code rounding}. So billed holds what is to be paid,
     * and unbilled nothing of what was invoiced.
     */
    public static List<InvoiceTransfer> ofIssue(String tenant, InvoiceLines lines) {
        List<InvoiceTransfer> transfers = new ArrayList<>();
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

    /** What a payment in full books; nothing for a total of zero. */
    public static List<InvoiceTransfer> ofPayment(String tenant, Money total) {
        List<InvoiceTransfer> transfers = new ArrayList<>();
        AccountKey clearing = account(AccountType.PAYMENT_CLEARING, tenant, total.currency());
        AccountKey billed = account(AccountType.BILLED_RECEIVABLE, tenant, total.currency());
        add(transfers, TransferReason.PAYMENT, 0, clearing, billed, total);
        return transfers;
    }

    /** What transfers move on each account. */
    public static Map<AccountKey, Movement> movements(List<InvoiceTransfer> transfers) {
        Movements movements = new Movements();
        transfers.forEach(it -> movements.add(it.transfer()));
        return movements.byAccount();
    }

    private static AccountKey account(AccountType type, String tenant, CurrencyCode currency) {
        return AccountKey.ofTenant(type, tenant, currency);
    }

    private static void add(
            List<InvoiceTransfer> to,
            TransferReason reason,
            int line,
            AccountKey debit,
            AccountKey credit,
            Money amount) {
        if (!amount.isZero()) {
            to.add(new InvoiceTransfer(reason, line, Transfer.ofSigned(debit, credit, amount)));
        }
    }
}
