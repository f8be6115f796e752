package dev.meterbook.kernel.usage;

/**
 * Where a body has a count, and what it counts. Several of one unit are summed: that is how a body
 * whose input total leaves the cached tokens out is read.
 *
 * @param path where, below the root of the usage
 * @param unit what is counted
 * @param presence what it means if it is not there
 */
public record UsageCount(UsagePath path, UsageUnit unit, Presence presence) {

    /** What a count's absence means. */
    public enum Presence {
        /** Nothing of it was used. */
        OPTIONAL,
        /** The body is not a usage of this flavour. */
        REQUIRED,
        /** The answer was cut off before the provider counted it: the usage is partial. */
        FINAL,
        /** As FINAL; and where it is there it is only what was counted so far. */
        SO_FAR
    }
}
