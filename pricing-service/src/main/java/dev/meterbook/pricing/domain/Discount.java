package dev.meterbook.pricing.domain;

import java.math.BigDecimal;

/**
 * Percent off the prices of some models. Of several that mean a model the one that names it most
 * closely counts, alone.
 *
 * @param basis the prices that it is taken off
 * @param models the models
 * @param percent what is taken off, above 0 and up to 100
 */
public record Discount(Basis basis, ModelPattern models, BigDecimal percent) {

    /** Prices that a discount is taken off. */
    public enum Basis {
        /** The prices of the contract's own tables. */
        CONTRACT_PRICE,
        /** The list prices, for models that the contract has no table for. */
        LIST_PRICE
    }

    /** Strips trailing zeros, so that equal discounts are equal records. */
    public Discount {
        percent = percent.stripTrailingZeros();
    }

    /** What prices are multiplied with. */
    Factor factor() {
        return new Factor(
                "discount on " + models + ": " + percent.toPlainString() + " %",
                BigDecimal.ONE.subtract(percent.movePointLeft(2)));
    }
}
