package dev.meterbook.metering.domain;

import java.time.Instant;

/**
 * When a call happened, as told: nothing is checked yet.
 *
 * @param epochSecond seconds since 1970-01-01T00:00Z
 * @param nano nanoseconds within the second; 0 to 999,999,999 if it is a time at all
 */
public record OccurTime(long epochSecond, int nano) {

    /** No time was told. */
    public static final OccurTime NOT_TOLD = new OccurTime(Long.MIN_VALUE, 0);

    /** First moment that is taken, 2015-01-01T00:00Z: no model call that is billed is older. */
    public static final Instant EARLIEST = Instant.parse("2015-01-01T00:00:00Z");

    /** How far ahead of our clock a call may be, in seconds: room for a clock that is wrong. */
    public static final long MAX_SECONDS_AHEAD = 3_600;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long EARLIEST_SECOND = EARLIEST.getEpochSecond();

    /** Microseconds since 1970-01-01T00:00Z, rounded down: the precision that is stored. */
    long micros() {
        return epochSecond * MICROS_PER_SECOND + nano / 1_000;
    }

    void check(Instant now, Findings findings) {
        if (equals(NOT_TOLD)) {
            findings.addMissing(Reason.OCCUR_TIME_MISSING, "occur_time", "when the call happened");
        } else if (nano < 0 || nano > 999_999_999) {
            findings.add(
                    Reason.INVALID_OCCUR_TIME,
                    "occur_time.nanos",
                    Integer.toString(nano),
                    "0 to 999999999");
        } else if (epochSecond < EARLIEST_SECOND) {
            findings.add(Reason.OCCUR_TIME_TOO_OLD, "occur_time", text(), "not before " + EARLIEST);
        } else if (isAfter(now.plusSeconds(MAX_SECONDS_AHEAD))) {
            findings.add(
                    Reason.OCCUR_TIME_IN_FUTURE,
                    "occur_time",
                    text(),
                    "at most 1 hour ahead of " + now);
        }
    }

    private boolean isAfter(Instant limit) {
        return epochSecond > limit.getEpochSecond()
                || (epochSecond == limit.getEpochSecond() && nano > limit.getNano());
    }

    /** The widest clock of this language ends far before the widest number on the wire. */
    private String text() {
        return epochSecond < Instant.MIN.getEpochSecond()
                        || epochSecond > Instant.MAX.getEpochSecond()
                ? epochSecond + " s"
                : Instant.ofEpochSecond(epochSecond, nano).toString();
    }
}
