package dev.meterbook.allinone.demo;

import java.math.BigDecimal;

/**
 * An amount of cost and one of charge, both exact.
 *
 * @param cost what the provider bills
 * @param charge what the tenant owes
 */
public record Amounts(BigDecimal cost, BigDecimal charge) {

    static final Amounts NONE = new Amounts(BigDecimal.ZERO, BigDecimal.ZERO);

    Amounts plus(Amounts other) {
        return new Amounts(cost.add(other.cost), charge.add(other.charge));
    }

    /** Equal in value, whatever the number of trailing zeros. */
    boolean isSameAs(Amounts other) {
        return cost.compareTo(other.cost) == 0 && charge.compareTo(other.charge) == 0;
    }

    @Override
    public String toString() {
        return BookReader.plain(cost) + " / " + BookReader.plain(charge);
    }
}
