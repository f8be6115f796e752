package dev.meterbook.pricing.domain;

/**
 * What a call added to a running quantity. With it the price can be computed again at any time,
 * whatever was counted later.
 *
 * @param key what is counted
 * @param before the running quantity before the call
 * @param quantity what the call added
 */
public record Counted(VolumeKey key, long before, long quantity) {

    /** The running quantity after the call. */
    public long after() {
        return before + quantity;
    }
}
