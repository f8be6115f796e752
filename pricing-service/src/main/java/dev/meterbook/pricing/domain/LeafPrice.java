package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Leaf;
import java.math.BigDecimal;

/**
 * The price of one kind of quantity, for calls above a number of input tokens. Prices are equal
 * when their values are, whatever their scale.
 *
 * @param leaf the kind
 * @param amount price of {@code per} units, from 0; 0 means free
 * @param per units that the amount is for, from 1
 * @param aboveInputTokens the price holds for calls with more input tokens than this, as a whole
 */
public record LeafPrice(Leaf leaf, BigDecimal amount, long per, long aboveInputTokens) {

    /** Units that prices are usually quoted for. */
    public static final long MILLION = 1_000_000;

    /** Strips trailing zeros, so that equal prices are equal records. */
    public LeafPrice {
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }
}
