package dev.meterbook.pricing.domain;

import java.util.List;

/**
 * A price table as somebody wrote it down, not checked yet.
 *
 * @param model the model or family
 * @param aliases other names of the same model
 * @param prices the prices
 * @param tiers the tiers' multipliers
 */
public record TableForm(
        String model, List<String> aliases, List<PriceForm> prices, List<TierForm> tiers) {

    /**
     * A price.
     *
     * @param leaf name of the kind, such as {@code input_cache_read}
     * @param amount decimal number
     * @param per units that the amount is for
     * @param aboveInputTokens lower bound of the context band
     */
    public record PriceForm(String leaf, String amount, long per, long aboveInputTokens) {}

    /**
     * A multiplier.
     *
     * @param tier name of the tier, such as {@code BATCH}
     * @param multiplier decimal number
     */
    public record TierForm(String tier, String multiplier) {}
}
