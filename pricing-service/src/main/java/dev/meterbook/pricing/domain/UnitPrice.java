package dev.meterbook.pricing.domain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A price ready to be multiplied with a quantity: that of one kind, context band and service tier.
 * Immutable.
 */
public final class UnitPrice {

    /** Digits after the point where a division does not end by itself, such as by 3. */
    public static final int SCALE_OF_ENDLESS_DIVISION = 20;

    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger FIVE = BigInteger.valueOf(5);

    private final LeafPrice price;
    private final BigDecimal multiplier;
    private final @Nullable UnitAmount exactForOne;

    /**
     * A price in a tier.
     *
     * @param price the price
     * @param multiplier what the tier multiplies it with
     */
    public UnitPrice(LeafPrice price, BigDecimal multiplier) {
        this.price = price;
        this.multiplier = multiplier;
        BigDecimal ofPer = price.amount().multiply(multiplier);
        this.exactForOne =
                endsWhenDivided(ofPer, price.per())
                        ? new UnitAmount(dividedExactly(ofPer, price.per()))
                        : null;
    }

    /** The price as it was agreed. */
    public LeafPrice price() {
        return price;
    }

    /** What the service tier multiplies the price with. */
    public BigDecimal multiplier() {
        return multiplier;
    }

    /** The same price, multiplied once more. */
    UnitPrice times(BigDecimal factor) {
        return new UnitPrice(price, multiplier.multiply(factor));
    }

    /**
     * What a quantity costs: quantity × amount × multiplier ÷ per, multiplied first. Exact, unless
     * the division has no end.
     */
    public BigDecimal amountOf(long quantity) {
        return exactForOne != null
                ? exactForOne.times(quantity)
                : divided(
                        price.amount().multiply(multiplier).multiply(BigDecimal.valueOf(quantity)),
                        price.per());
    }

    /** Adds what a quantity costs to a sum. */
    void addTo(ExactSum sum, long quantity) {
        if (exactForOne != null) {
            sum.add(exactForOne, quantity);
        } else {
            sum.add(amountOf(quantity));
        }
    }

    /**
     * The one division of rating: exact where it ends by itself, else rounded half to even at
     * {@value #SCALE_OF_ENDLESS_DIVISION} digits after the point.
     */
    static BigDecimal divided(BigDecimal dividend, long per) {
        return endsWhenDivided(dividend, per)
                ? dividedExactly(dividend, per)
                : dividend.divide(
                        BigDecimal.valueOf(per), SCALE_OF_ENDLESS_DIVISION, RoundingMode.HALF_EVEN);
    }

    /** Digits that a division by {@code per} adds after the point, where it ends by itself. */
    public static int digitsAdded(long per) {
        BigInteger divisor = BigInteger.valueOf(per);
        int twos = divisor.getLowestSetBit();
        int fives = 0;
        for (BigInteger rest = divisor; rest.mod(FIVE).signum() == 0; rest = rest.divide(FIVE)) {
            fives++;
        }
        return Math.max(twos, fives);
    }

    private static BigDecimal dividedExactly(BigDecimal dividend, long per) {
        return dividend.divide(BigDecimal.valueOf(per));
    }

    /** A decimal fraction ends if nothing but twos and fives is left in the divisor. */
    private static boolean endsWhenDivided(BigDecimal dividend, long per) {
        BigInteger rest = BigInteger.valueOf(per);
        rest = without(without(rest, TWO), FIVE);
        return dividend.unscaledValue().mod(rest).signum() == 0;
    }

    private static BigInteger without(BigInteger number, BigInteger factor) {
        BigInteger rest = number;
        while (rest.mod(factor).signum() == 0) {
            rest = rest.divide(factor);
        }
        return rest;
    }

    @Override
    public String toString() {
        return price.leaf().id() + " " + price.amount() + " × " + multiplier + " / " + price.per();
    }
}
