package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.Money;

/**
 * What a credit pays of an invoice.
 *
 * @param credit the credit's id within the tenant
 * @param amount how much; above 0
 */
public record CreditPayment(String credit, Money amount) {}
