package dev.meterbook.pricing.domain;

/** How much of each period was used before a call. */
@FunctionalInterface
public interface RunningQuantities {

    /** Nothing was used before. */
    RunningQuantities NONE = any -> 0;

    /** The running quantity before the call, from 0. */
    long before(VolumeKey key);
}
