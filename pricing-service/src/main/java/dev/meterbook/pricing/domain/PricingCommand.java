package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import java.util.List;

/** Something that is wanted of the price book. */
public sealed interface PricingCommand {

    /**
     * A contract with a provider.
     *
     * @param contract the contract's id
     * @param provider the provider, as calls name it
     * @param currency the currency that the provider bills in
     * @param validity when the contract holds
     * @param versions the prices agreed at the beginning
     */
    record CreateContract(
            String contract,
            String provider,
            CurrencyCode currency,
            Validity validity,
            List<PriceVersion> versions)
            implements PricingCommand {

        /** Copies. */
        public CreateContract {
            versions = List.copyOf(versions);
        }
    }

    /**
     * More prices for a contract.
     *
     * @param contract the contract's id
     * @param version the prices
     */
    record AddContractPrices(String contract, PriceVersion version) implements PricingCommand {}

    /**
     * What a tenant is to pay.
     *
     * @param tenant the tenant's id; empty for all tenants without a plan of their own
     * @param version what is paid; its number does not matter
     */
    record SetTenantPlan(String tenant, PlanVersion version) implements PricingCommand {}

    /**
     * One more exchange rate.
     *
     * @param rate the rate
     */
    record SetExchangeRate(ExchangeRate rate) implements PricingCommand {}
}
