package dev.meterbook.ledger.application;

import dev.meterbook.ledger.projection.account.AccountBook;
import dev.meterbook.ledger.projection.account.AccountView;
import dev.meterbook.ledger.projection.billable.BillableProjection;
import dev.meterbook.ledger.projection.billable.BillableView;
import dev.meterbook.ledger.projection.credit.CreditProjection;
import dev.meterbook.ledger.projection.credit.CreditView;
import dev.meterbook.ledger.projection.invoice.InvoiceProjection;
import dev.meterbook.ledger.projection.invoice.InvoiceView;
import dev.meterbook.ledger.projection.transfer.TransferProjection;
import jakarta.inject.Singleton;

/**
 * What invoicing reads and writes, in the transaction of an invoice.
 *
 * @param locks locks accounts
 * @param accounts reads accounts
 * @param billables reads charges not yet invoiced
 * @param closing takes invoiced charges away
 * @param invoices reads invoices
 * @param writes writes invoices and gives numbers
 * @param transfers books transfers
 * @param credits reads credits
 * @param spending takes from credits what they pay
 */
@Singleton
public record InvoiceBooks(
        AccountBook locks,
        AccountView accounts,
        BillableView billables,
        BillableProjection closing,
        InvoiceView invoices,
        InvoiceProjection writes,
        TransferProjection transfers,
        CreditView credits,
        CreditProjection spending) {}
