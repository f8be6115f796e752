package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.charge.PackageRounding;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What some kinds cost depends on how much of them the contract has had in the period: free
 * amounts, tiers, packages. Calls are counted in the order of the usage log, each in the period of
 * its own occur time.
 *
 * @param id unique in the contract; a version that has a rule of the same id goes on counting
 * @param models models whose calls are counted together
 * @param leaves the kinds that are counted and priced, with the kinds that they contain
 * @param period when counting starts anew
 * @param freeQuantity units of each period that cost nothing and are not counted by the price
 * @param price what the units after that cost
 */
public record VolumeRule(
        String id,
        ModelPattern models,
        Set<Leaf> leaves,
        VolumePeriod period,
        long freeQuantity,
        Price price) {

    /** Copies. */
    public VolumeRule {
        leaves = Set.copyOf(leaves);
    }

    /** The kinds, in the order of the lattice. */
    public Set<Leaf> orderedLeaves() {
        Set<Leaf> ordered = EnumSet.noneOf(Leaf.class);
        ordered.addAll(leaves);
        return ordered;
    }

    /** What units cost. */
    public sealed interface Price {}

    /** What the contract's table says, with all factors. */
    public record OfTable() implements Price {}

    /**
     * Tiers. No factor applies: their prices are what was agreed.
     *
     * @param mode which units a tier prices
     * @param per units that the amounts are for
     * @param tiers in ascending order
     */
    public record Tiered(Mode mode, long per, List<TierPrice> tiers) implements Price {

        /** Copies. */
        public Tiered {
            tiers = List.copyOf(tiers);
        }
    }

    /** Which units a tier prices. */
    public enum Mode {
        /** The units that fall into it. */
        GRADUATED,
        /** All units of the period, once they have reached it. */
        WHOLE_VOLUME
    }

    /**
     * One tier.
     *
     * @param upTo the last unit of it; null for the last tier, which has no end
     * @param amount price of {@code per} units
     * @param flatAmount owed once, when the tier is reached
     */
    public record TierPrice(@Nullable Long upTo, BigDecimal amount, BigDecimal flatAmount) {

        /** Strips trailing zeros, so that equal tiers are equal records. */
        public TierPrice {
            amount = stripped(amount);
            flatAmount = stripped(flatAmount);
        }
    }

    /**
     * Packages. No factor applies.
     *
     * @param size units of a package
     * @param amount price of a package
     * @param rounding what a package that is not full costs
     */
    public record Packaged(long size, BigDecimal amount, PackageRounding rounding)
            implements Price {

        /** Strips trailing zeros, so that equal prices are equal records. */
        public Packaged {
            amount = stripped(amount);
        }
    }

    private static BigDecimal stripped(BigDecimal amount) {
        return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }
}
