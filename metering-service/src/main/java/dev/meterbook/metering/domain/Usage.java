package dev.meterbook.metering.domain;

import dev.meterbook.kernel.usage.ToldUsage;

/**
 * What a call consumed, and who says so.
 *
 * @param told the counts as told
 * @param source who counted
 */
public record Usage(ToldUsage told, CountSource source) {

    /** Nothing was told. */
    public static final Usage NOT_TOLD = new Usage(ToldUsage.NOTHING, CountSource.PROVIDER);

    /** Who counted. */
    public enum CountSource {
        /** A value that this version does not know; refused. */
        UNKNOWN,
        /** The provider's answer says so. */
        PROVIDER,
        /** The client counted with a tokenizer. */
        CLIENT,
        /** An estimate. */
        ESTIMATE
    }

    void check(Findings findings) {
        findings.addIfAny(told.violation());
        if (source == CountSource.UNKNOWN) {
            findings.add(
                    Reason.UNKNOWN_SOURCE,
                    "usage.source",
                    "unknown value",
                    "PROVIDER, CLIENT or ESTIMATE");
        }
    }
}
