package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One tier of blocks.
 *
 * @param size units of a block, above 0
 * @param maxBlocks blocks that the tier holds; none for any number
 * @param amount price of a block
 */
public record Block(BigDecimal size, @Nullable BigDecimal maxBlocks, BigDecimal amount) {

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the size is not above 0
     */
    public Block {
        if (size.signum() <= 0) {
            throw new IllegalArgumentException("block_size: " + size + " (expected: above 0)");
        }
    }

    /** Units that the tier holds; none for any number. */
    @Nullable BigDecimal capacity() {
        return maxBlocks == null ? null : maxBlocks.multiply(size);
    }
}
