package dev.meterbook.pricing.domain;

import java.util.List;

/**
 * What a contract agrees on beside its tables. Every price of a call is multiplied with one
 * discount, one region and one time of day at most.
 *
 * @param discounts percent off, by model
 * @param surcharges percent on, by region
 * @param timeBands multipliers by time of day; the first that holds counts
 */
public record ContractTerms(
        List<Discount> discounts, List<RegionSurcharge> surcharges, List<TimeBand> timeBands) {

    /** Copies. */
    public ContractTerms {
        discounts = List.copyOf(discounts);
        surcharges = List.copyOf(surcharges);
        timeBands = List.copyOf(timeBands);
    }
}
