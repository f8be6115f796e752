package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;

/**
 * What an invoice line stands for. Ordered by all parts, so that rows are always touched in the
 * same order.
 *
 * @param tenant the tenant
 * @param servicePeriod the month in which the calls occurred
 * @param provider the provider
 * @param model the model
 * @param application the application
 * @param currency currency of the charge
 */
public record BillableKey(
        String tenant,
        BillingPeriod servicePeriod,
        String provider,
        String model,
        String application,
        CurrencyCode currency)
        implements Comparable<BillableKey> {

    @Override
    public int compareTo(BillableKey other) {
        int order = tenant.compareTo(other.tenant);
        order = order != 0 ? order : servicePeriod.compareTo(other.servicePeriod);
        order = order != 0 ? order : provider.compareTo(other.provider);
        order = order != 0 ? order : model.compareTo(other.model);
        order = order != 0 ? order : application.compareTo(other.application);
        return order != 0 ? order : currency.code().compareTo(other.currency.code());
    }
}
