package dev.meterbook.pricing.domain;

import java.math.BigDecimal;

/**
 * Percent on the prices of calls that were served in some regions. Of several that mean a region
 * the one that names it most closely counts, alone; of those the one whose models are named most
 * closely.
 *
 * @param regions the regions, as calls name them
 * @param models the models
 * @param percent what is added, from −100 to 10,000; below 0 the region is cheaper
 */
public record RegionSurcharge(ModelPattern regions, ModelPattern models, BigDecimal percent) {

    /** Strips trailing zeros, so that equal surcharges are equal records. */
    public RegionSurcharge {
        percent = percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros();
    }

    /** What prices are multiplied with. */
    Factor factor() {
        return new Factor(
                "region " + regions + ": " + percent.toPlainString() + " %",
                BigDecimal.ONE.add(percent.movePointLeft(2)));
    }
}
