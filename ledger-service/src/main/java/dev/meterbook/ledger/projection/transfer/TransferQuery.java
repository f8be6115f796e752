package dev.meterbook.ledger.projection.transfer;

/**
 * Which transfers, newest first.
 *
 * @param tenant whose; empty for the operator's own
 * @param invoice only those of this invoice; empty for all
 * @param before the place after which the page begins
 * @param limit transfers at most
 */
public record TransferQuery(
        String tenant, String invoice, BookedTransfer.Place before, int limit) {}
