package dev.meterbook.pricing.domain;

import java.util.List;

/**
 * Prices of some models of a contract from some moment on. Models that it does not name keep the
 * prices of the versions before.
 *
 * @param id unique in the contract
 * @param validity when the prices hold
 * @param tables the complete tables of the models that it prices
 */
public record PriceVersion(String id, Validity validity, List<PriceTable> tables) {

    /** Copies. */
    public PriceVersion {
        tables = List.copyOf(tables);
    }

    /** The same, beginning with the contract if its own beginning is not told. */
    public PriceVersion within(Validity contract) {
        return new PriceVersion(id, validity.orFrom(contract.fromMicros()), tables);
    }
}
