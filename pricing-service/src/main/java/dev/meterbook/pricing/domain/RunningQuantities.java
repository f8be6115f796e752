package dev.meterbook.pricing.domain;

import java.math.BigDecimal;

/** How much of each period was used and spent before a call. */
@FunctionalInterface
public interface RunningQuantities {

    /** Nothing was used before. */
    RunningQuantities NONE = any -> 0;

    /** The running quantity before the call, from 0. */
    long before(VolumeKey key);

    /** The spend before the call, before caps and overage. */
    default BigDecimal spendBefore(SpendKey key) {
        return BigDecimal.ZERO;
    }
}
