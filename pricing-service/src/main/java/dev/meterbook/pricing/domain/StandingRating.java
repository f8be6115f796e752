package dev.meterbook.pricing.domain;

import dev.meterbook.pricing.domain.Rating.Rated;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call is rated now: what its ratings come to. A correction holds differences, so the
 * amounts under one contract and in one pair of currencies add up, and the last rating tells which
 * contract, version and plan count.
 */
public final class StandingRating {

    private StandingRating() {}

    /**
     * What ratings come to.
     *
     * @param ratings of one call that have a price, in the order made
     * @return empty if the call has no price yet
     */
    public static Optional<Rated> of(List<Rated> ratings) {
        @Nullable Rated sum = null;
        for (Rated rated : ratings.reversed()) {
            if (sum == null) {
                sum = rated;
            } else if (isOfSameAccounts(sum, rated)) {
                sum = plus(sum, rated);
            }
        }
        return Optional.ofNullable(sum);
    }

    /**
     * The differences that make one rating of the other: none if they are equal, one where contract
     * and currencies stay, else the reversal of the old rating and then the new one. A plan's new
     * version alone is no difference. What a rule or term counted is told as a whole by the last.
     */
    public static List<Rated> differences(Rated standing, Rated anew) {
        if (!isOfSameAccounts(standing, anew)) {
            return List.of(reversal(standing), anew);
        }
        Rated difference = plus(anew, reversal(standing));
        return standing.source().equals(anew.source())
                        && standing.counted().equals(anew.counted())
                        && standing.spent().equals(anew.spent())
                        && isNothing(difference)
                ? List.of()
                : List.of(difference);
    }

    private static boolean isOfSameAccounts(Rated one, Rated other) {
        return one.source().contract().equals(other.source().contract())
                && one.source().currency().equals(other.source().currency())
                && one.chargeCurrency().equals(other.chargeCurrency());
    }

    private static boolean isNothing(Rated difference) {
        return difference.billedCost().signum() == 0
                && list(difference).signum() == 0
                && difference.charge().signum() == 0;
    }

    private static Rated reversal(Rated rated) {
        return with(
                rated,
                rated.billedCost().negate(),
                list(rated).negate(),
                rated.charge().negate(),
                List.of(),
                List.of());
    }

    /** The sum, with the source and the plan of the first. */
    private static Rated plus(Rated one, Rated other) {
        return with(
                one,
                one.billedCost().add(other.billedCost()),
                list(one).add(list(other)),
                one.charge().add(other.charge()),
                one.counted(),
                one.spent());
    }

    private static BigDecimal list(Rated rated) {
        BigDecimal list = rated.listCost();
        return list == null ? rated.billedCost() : list;
    }

    private static Rated with(
            Rated rated,
            BigDecimal billed,
            BigDecimal list,
            BigDecimal charge,
            List<Counted> counted,
            List<Spent> spent) {
        return new Rated(
                rated.source(),
                billed,
                list.compareTo(billed) == 0 ? null : list,
                rated.plan(),
                rated.chargeCurrency(),
                charge,
                rated.exchangeRate(),
                counted,
                spent);
    }
}
