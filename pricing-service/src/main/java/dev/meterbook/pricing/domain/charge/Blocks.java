package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Started blocks of units, in tiers of so many blocks. What is past the maximum of the last tier is
 * priced by the last tier.
 *
 * @param unit what is counted, the beginning of each line's name
 * @param policy which tiers count
 * @param tiers in the order in which they are filled, at least one
 */
public record Blocks(String unit, BlockPolicy policy, List<Block> tiers) implements ChargeModel {

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException if there is no tier, or more than {@link Tiers#MAX_TIERS}
     */
    public Blocks {
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty() || tiers.size() > Tiers.MAX_TIERS) {
            throw new IllegalArgumentException(
                    "tiers: %d tiers (expected: 1 to %d)".formatted(tiers.size(), Tiers.MAX_TIERS));
        }
    }

    @Override
    public BigDecimal total(BigDecimal quantity) {
        return parts(quantity).stream()
                .map(LinePart::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public List<LinePart> lines(Span span) {
        return LinePart.difference(parts(span.to()), parts(span.from()));
    }

    /**
     * What a quantity still owes after blocks of the same period were charged: its own lines with
     * those taken back.
     *
     * @param charged how many blocks of each tier were charged, in the order of the tiers; tiers
     *     that are left out have none
     * @throws IllegalArgumentException if there are more than tiers, or one is negative
     */
    public List<LinePart> linesAfter(BigDecimal quantity, List<BigDecimal> charged) {
        if (charged.size() > tiers.size()) {
            throw new IllegalArgumentException(
                    "charged blocks: %d tiers (expected: at most %d)"
                            .formatted(charged.size(), tiers.size()));
        }
        List<LinePart> earlier = new ArrayList<>();
        for (int i = 0; i < charged.size(); i++) {
            ChargeModel.checkNotNegative(charged.get(i));
            earlier.add(ofBlocks(i, charged.get(i)));
        }
        return LinePart.difference(parts(quantity), earlier);
    }

    private List<LinePart> parts(BigDecimal quantity) {
        ChargeModel.checkNotNegative(quantity);
        List<LinePart> filled = filled(quantity);
        if (policy == BlockPolicy.ALL_TIERS || filled.isEmpty()) {
            return filled;
        }
        return List.of(line(filled.size() - 1, quantity));
    }

    private List<LinePart> filled(BigDecimal quantity) {
        List<LinePart> parts = new ArrayList<>();
        BigDecimal left = quantity;
        for (int i = 0; left.signum() > 0; i++) {
            BigDecimal capacity = i == tiers.size() - 1 ? null : tiers.get(i).capacity();
            BigDecimal taken = capacity == null ? left : left.min(capacity);
            parts.add(line(i, taken));
            left = left.subtract(taken);
        }
        return parts;
    }

    private LinePart line(int index, BigDecimal quantity) {
        return ofBlocks(index, quantity.divide(tiers.get(index).size(), 0, RoundingMode.CEILING));
    }

    private LinePart ofBlocks(int index, BigDecimal blocks) {
        return LinePart.of(unit + " tier " + (index + 1), tiers.get(index).amount(), blocks);
    }
}
