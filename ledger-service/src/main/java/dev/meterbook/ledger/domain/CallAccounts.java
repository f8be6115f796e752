package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.CurrencyCode;

/**
 * The four accounts that a metered call touches.
 *
 * @param usageCost debited with the cost
 * @param providerPayable credited with the cost
 * @param unbilledReceivable debited with the charge
 * @param chargebackRevenue credited with the charge
 */
public record CallAccounts(
        AccountKey usageCost,
        AccountKey providerPayable,
        AccountKey unbilledReceivable,
        AccountKey chargebackRevenue) {

    /**
     * What chooses the accounts of a call.
     *
     * @param tenant the tenant
     * @param contract the provider contract
     * @param costCurrency currency of the cost
     * @param chargeCurrency currency of the charge
     */
    public record Route(
            String tenant,
            String contract,
            CurrencyCode costCurrency,
            CurrencyCode chargeCurrency) {

        /** The route of a call. */
        public static Route of(PricedCall call) {
            return new Route(
                    call.tenant(),
                    call.contract(),
                    call.cost().currency(),
                    call.charge().currency());
        }
    }

    /** The accounts of a route. */
    public static CallAccounts of(Route route) {
        return new CallAccounts(
                AccountKey.ofTenant(AccountType.USAGE_COST, route.tenant(), route.costCurrency()),
                AccountKey.providerPayable(route.contract(), route.costCurrency()),
                AccountKey.ofTenant(
                        AccountType.UNBILLED_RECEIVABLE, route.tenant(), route.chargeCurrency()),
                AccountKey.ofTenant(
                        AccountType.CHARGEBACK_REVENUE, route.tenant(), route.chargeCurrency()));
    }

    /** The tenant. */
    public String tenant() {
        return usageCost.tenant();
    }
}
