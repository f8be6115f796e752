package dev.meterbook.pricing.domain;

import java.util.List;

/**
 * What a contract agrees on beside its tables. Every price of a call is multiplied with one
 * discount, one region and one time of day at most.
 *
 * @param discounts percent off, by model
 * @param surcharges percent on, by region
 * @param timeBands multipliers by time of day; the first that holds counts
 * @param volumeRules prices by running quantity; the first that prices a kind counts
 * @param spendTerms what periods cost at least or at most; they work one after the other
 */
public record ContractTerms(
        List<Discount> discounts,
        List<RegionSurcharge> surcharges,
        List<TimeBand> timeBands,
        List<VolumeRule> volumeRules,
        List<SpendTerm> spendTerms) {

    /** Terms that no running quantity decides. */
    public ContractTerms(
            List<Discount> discounts, List<RegionSurcharge> surcharges, List<TimeBand> timeBands) {
        this(discounts, surcharges, timeBands, List.of(), List.of());
    }

    /** Terms without any on the spend of periods. */
    public ContractTerms(
            List<Discount> discounts,
            List<RegionSurcharge> surcharges,
            List<TimeBand> timeBands,
            List<VolumeRule> volumeRules) {
        this(discounts, surcharges, timeBands, volumeRules, List.of());
    }

    /** Copies. */
    public ContractTerms {
        discounts = List.copyOf(discounts);
        surcharges = List.copyOf(surcharges);
        timeBands = List.copyOf(timeBands);
        volumeRules = List.copyOf(volumeRules);
        spendTerms = List.copyOf(spendTerms);
    }
}
