package dev.meterbook.pricing.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prices of some models of a contract from some moment on. Models that it does not name keep the
 * prices of the versions before.
 *
 * @param id unique in the contract
 * @param validity when the prices hold
 * @param tables the complete tables of the models that it prices
 * @param terms discounts and the like, in place of those of the versions before; null if those go
 *     on
 */
public record PriceVersion(
        String id, Validity validity, List<PriceTable> tables, @Nullable ContractTerms terms) {

    /** Copies. */
    public PriceVersion {
        tables = List.copyOf(tables);
    }

    /** A version of tables alone. */
    public PriceVersion(String id, Validity validity, List<PriceTable> tables) {
        this(id, validity, tables, null);
    }

    /** Its terms on the spend of periods. */
    public List<SpendTerm> spendTerms() {
        return terms == null ? List.of() : terms.spendTerms();
    }

    /** The same, beginning with the contract if its own beginning is not told. */
    public PriceVersion within(Validity contract) {
        return new PriceVersion(id, validity.orFrom(contract.fromMicros()), tables, terms);
    }
}
