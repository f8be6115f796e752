package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;

/**
 * What an invoice line stands for: calls, or a spend term of the tenant's plan. Ordered by all
 * parts, so that rows are always touched in the same order.
 *
 * @param tenant the tenant
 * @param servicePeriod the month in which the calls occurred or the settled period ended
 * @param kind what is charged for
 * @param provider the provider; empty for a term
 * @param model the model; empty for a term
 * @param application the application; empty for a term
 * @param term id of the spend term; empty for calls
 * @param currency currency of the charge
 */
public record BillableKey(
        String tenant,
        BillingPeriod servicePeriod,
        ChargeKind kind,
        String provider,
        String model,
        String application,
        String term,
        CurrencyCode currency)
        implements Comparable<BillableKey> {

    /** The key of calls. */
    public static BillableKey ofCalls(
            String tenant,
            BillingPeriod servicePeriod,
            String provider,
            String model,
            String application,
            CurrencyCode currency) {
        return new BillableKey(
                tenant,
                servicePeriod,
                ChargeKind.USAGE,
                provider,
                model,
                application,
                "",
                currency);
    }

    /** The key of a spend term. */
    public static BillableKey ofTerm(
            String tenant,
            BillingPeriod servicePeriod,
            ChargeKind kind,
            String term,
            CurrencyCode currency) {
        return new BillableKey(tenant, servicePeriod, kind, "", "", "", term, currency);
    }

    @Override
    public int compareTo(BillableKey other) {
        int order = tenant.compareTo(other.tenant);
        order = order != 0 ? order : servicePeriod.compareTo(other.servicePeriod);
        order = order != 0 ? order : kind.compareTo(other.kind);
        order = order != 0 ? order : provider.compareTo(other.provider);
        order = order != 0 ? order : model.compareTo(other.model);
        order = order != 0 ? order : application.compareTo(other.application);
        order = order != 0 ? order : term.compareTo(other.term);
        return order != 0 ? order : currency.code().compareTo(other.currency.code());
    }
}
