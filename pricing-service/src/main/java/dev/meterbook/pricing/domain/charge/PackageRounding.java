package dev.meterbook.pricing.domain.charge;

import java.math.RoundingMode;

/** What a package that is not full counts. */
public enum PackageRounding {
    /** A started package counts as a whole one. */
    UP(RoundingMode.CEILING),
    /** Only full packages count. */
    DOWN(RoundingMode.FLOOR);

    private final RoundingMode mode;

    PackageRounding(RoundingMode mode) {
        this.mode = mode;
    }

    RoundingMode mode() {
        return mode;
    }
}
