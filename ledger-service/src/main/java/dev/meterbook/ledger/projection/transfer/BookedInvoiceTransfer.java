package dev.meterbook.ledger.projection.transfer;

import dev.meterbook.ledger.domain.InvoiceId;
import dev.meterbook.ledger.domain.InvoiceTransfer;
import java.time.Instant;

/**
 * A transfer of an invoice as it stands in the book.
 *
 * @param id its number; ascending in the order of booking
 * @param invoice the invoice
 * @param transfer what was moved
 * @param recordTime when it was booked
 */
public record BookedInvoiceTransfer(
        long id, InvoiceId invoice, InvoiceTransfer transfer, Instant recordTime) {}
