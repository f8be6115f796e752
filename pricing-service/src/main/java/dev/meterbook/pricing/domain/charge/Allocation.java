package dev.meterbook.pricing.domain.charge;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Splits an amount by weights into whole minor units. Each gets its share rounded towards zero; the
 * units that are left go to the largest remainders, one each. The shares sum up to the amount.
 *
 * @param weights who gets how much, at least one above 0, none below
 * @param tie who comes first of two equal remainders
 */
public record Allocation(List<Weight> weights, Tie tie) {

    /** Shares of one amount at most. */
    public static final int MAX_WEIGHTS = 10_000;

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException if a weight is negative, none is above 0, or there are too
     *     many
     */
    public Allocation {
        weights = List.copyOf(weights);
        if (weights.size() > MAX_WEIGHTS
                || weights.stream().anyMatch(each -> each.weight().signum() < 0)
                || weights.stream().allMatch(each -> each.weight().signum() == 0)) {
            throw new IllegalArgumentException(
                    "weights: "
                            + weights.size()
                            + " weights (expected: up to "
                            + MAX_WEIGHTS
                            + ", from 0, one above 0)");
        }
    }

    /** Who comes first of two equal remainders. */
    public enum Tie {
        /** Who is named first. */
        ORDER,
        /** Whose key comes first in the order of its characters. */
        KEY
    }

    /**
     * One who gets a share.
     *
     * @param key who
     * @param weight in relation to the others
     */
    public record Weight(String key, BigDecimal weight) {}

    /**
     * A share.
     *
     * @param key whose
     * @param amount how much
     */
    public record Share(String key, BigDecimal amount) {}

    /**
     * Splits an amount. One that is finer than the minor unit is split into units as fine as
     * itself.
     *
     * @return the shares in the order of the weights, those of 0 included
     */
    public List<Share> split(BigDecimal amount, CurrencyCode currency) {
        int scale = Math.max(currency.minorDigits(), amount.stripTrailingZeros().scale());
        BigInteger units = amount.abs().setScale(scale).unscaledValue();
        List<Cut> cuts = cuts(units);
        BigInteger given = cuts.stream().map(Cut::units).reduce(BigInteger.ZERO, BigInteger::add);
        Set<Integer> favoured =
                cuts.stream()
                        .sorted(order())
                        .limit(units.subtract(given).intValueExact())
                        .map(Cut::index)
                        .collect(Collectors.toUnmodifiableSet());
        List<Share> shares = new ArrayList<>();
        for (Cut cut : cuts) {
            BigInteger share =
                    favoured.contains(cut.index()) ? cut.units().add(BigInteger.ONE) : cut.units();
            BigDecimal part = new BigDecimal(share, scale);
            shares.add(new Share(cut.key(), amount.signum() < 0 ? part.negate() : part));
        }
        return shares;
    }

    private List<Cut> cuts(BigInteger units) {
        int finest = weights.stream().mapToInt(each -> each.weight().scale()).max().orElse(0);
        List<BigInteger> whole =
                weights.stream()
                        .map(each -> each.weight().setScale(finest).unscaledValue())
                        .toList();
        BigInteger sum = whole.stream().reduce(BigInteger.ZERO, BigInteger::add);
        List<Cut> cuts = new ArrayList<>();
        for (int i = 0; i < whole.size(); i++) {
            BigInteger[] part = units.multiply(whole.get(i)).divideAndRemainder(sum);
            cuts.add(new Cut(i, weights.get(i).key(), part[0], part[1]));
        }
        return cuts;
    }

    private Comparator<Cut> order() {
        Comparator<Cut> largest = Comparator.comparing(Cut::remainder).reversed();
        return switch (tie) {
            case ORDER -> largest.thenComparingInt(Cut::index);
            case KEY -> largest.thenComparing(Cut::key).thenComparingInt(Cut::index);
        };
    }

    /** All remainders have the same denominator, the sum of the weights. */
    private record Cut(int index, String key, BigInteger units, BigInteger remainder) {}
}
