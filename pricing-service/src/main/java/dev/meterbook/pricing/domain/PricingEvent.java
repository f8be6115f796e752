package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import java.util.List;

/** A fact of the price book. All of them in order make the book. */
public sealed interface PricingEvent {

    /**
     * A contract with a provider exists.
     *
     * @param contract the contract's id
     * @param provider the provider, as calls name it
     * @param currency the currency that the provider bills in
     * @param validity when the contract holds
     * @param versions the prices agreed at the beginning
     */
    record ContractCreated(
            String contract,
            String provider,
            CurrencyCode currency,
            Validity validity,
            List<PriceVersion> versions)
            implements PricingEvent {

        /** Copies. */
        public ContractCreated {
            versions = List.copyOf(versions);
        }
    }

    /**
     * Prices were added to a contract.
     *
     * @param contract the contract's id
     * @param version the prices
     */
    record ContractPricesAdded(String contract, PriceVersion version) implements PricingEvent {}

    /**
     * What a tenant pays was agreed.
     *
     * @param tenant the tenant's id; empty for all tenants without a plan of their own
     * @param version what is paid
     */
    record TenantPlanSet(String tenant, PlanVersion version) implements PricingEvent {}

    /**
     * An exchange rate was set.
     *
     * @param rate the rate
     */
    record ExchangeRateSet(ExchangeRate rate) implements PricingEvent {}

    /**
     * A catalogue of list prices was taken over.
     *
     * @param catalogue the catalogue
     */
    record CatalogueImported(Catalogue catalogue) implements PricingEvent {}
}
