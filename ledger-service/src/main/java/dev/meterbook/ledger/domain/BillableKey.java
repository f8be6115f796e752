package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import java.util.Comparator;

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

    private static final Comparator<BillableKey> ORDER =
            Comparator.comparing(BillableKey::tenant)
                    .thenComparing(BillableKey::servicePeriod)
                    .thenComparing(BillableKey::provider)
                    .thenComparing(BillableKey::model)
                    .thenComparing(BillableKey::application)
                    .thenComparing(it -> it.currency().code());

    @Override
    public int compareTo(BillableKey other) {
        return ORDER.compare(this, other);
    }
}
