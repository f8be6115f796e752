package dev.meterbook.gateway.portal;

import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.type.v1.Leaf;
import java.util.Locale;

/** Kinds of quantities, and reasons for missing prices, as people name them. */
final class LeafNames {

    private LeafNames() {}

    /** The name of a kind: {@code input, cache read}. */
    static String of(Leaf leaf) {
        return switch (leaf) {
            case LEAF_INPUT -> "Input tokens";
            case LEAF_INPUT_TEXT -> "Input tokens, text";
            case LEAF_INPUT_AUDIO -> "Input tokens, audio";
            case LEAF_INPUT_IMAGE -> "Input tokens, image";
            case LEAF_INPUT_VIDEO -> "Input tokens, video";
            case LEAF_INPUT_CACHE_READ -> "Input tokens read from the cache";
            case LEAF_INPUT_CACHE_WRITE -> "Input tokens written to the cache";
            case LEAF_INPUT_CACHE_WRITE_5M -> "Input tokens written to the cache, 5 minutes";
            case LEAF_INPUT_CACHE_WRITE_1H -> "Input tokens written to the cache, 1 hour";
            case LEAF_OUTPUT -> "Output tokens";
            case LEAF_OUTPUT_TEXT -> "Output tokens, text";
            case LEAF_OUTPUT_AUDIO -> "Output tokens, audio";
            case LEAF_OUTPUT_REASONING -> "Output tokens for reasoning";
            case LEAF_CALL -> "Calls";
            case LEAF_WEB_SEARCH -> "Web searches";
            case LEAF_IMAGE -> "Images";
            case LEAF_MILLISECOND -> "Milliseconds";
            case LEAF_CHARACTER -> "Characters";
            case LEAF_PAGE -> "Pages";
            case LEAF_GPU_MILLISECOND -> "Milliseconds of a GPU";
            default -> spelled(leaf);
        };
    }

    /** Why a call has no price. */
    static String reason(UnpricedReason reason, Leaf leaf) {
        return switch (reason) {
            case UNPRICED_REASON_UNKNOWN_MODEL -> "no price for this model";
            case UNPRICED_REASON_NO_PRICE_FOR_LEAF ->
                    "no price for " + of(leaf).toLowerCase(Locale.ROOT);
            case UNPRICED_REASON_NO_PLAN -> "no plan for this tenant";
            case UNPRICED_REASON_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static String spelled(Leaf leaf) {
        String words = leaf.name().replace("LEAF_", "").replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty()
                ? words
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
