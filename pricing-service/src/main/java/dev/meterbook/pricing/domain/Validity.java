package dev.meterbook.pricing.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The moments at which a price, contract or plan holds: from a first moment (inclusive) to a last
 * one (exclusive), in microseconds since 1970-01-01T00:00Z.
 *
 * @param fromMicros first moment
 * @param untilMicros first moment after; {@link #OPEN} if there is no end
 */
public record Validity(long fromMicros, long untilMicros) {

    /** No end. */
    public static final long OPEN = Long.MAX_VALUE;

    /** The first moment is not told: that of the contract is meant. */
    public static final long NOT_TOLD = Long.MIN_VALUE;

    /** Validity without an end. */
    public static Validity from(Instant first) {
        return new Validity(micros(first), OPEN);
    }

    /** Microseconds since 1970-01-01T00:00Z; parts of a microsecond are cut off. */
    public static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    /** The moment of a number of microseconds since 1970-01-01T00:00Z. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** True if the moment is in it. */
    public boolean includes(long micros) {
        return fromMicros <= micros && micros < untilMicros;
    }

    /** True if it holds no moment at all. */
    public boolean isEmpty() {
        return fromMicros >= untilMicros;
    }

    /** The same, beginning at another moment if its own is not told. */
    public Validity orFrom(long otherMicros) {
        return fromMicros == NOT_TOLD ? new Validity(otherMicros, untilMicros) : this;
    }

    /** The moments that are in both. */
    public Validity intersect(Validity other) {
        return new Validity(
                Math.max(fromMicros, other.fromMicros), Math.min(untilMicros, other.untilMicros));
    }

    /** First moment. */
    public Instant start() {
        return instant(fromMicros);
    }

    /** First moment after, if there is an end. */
    public Optional<Instant> end() {
        return untilMicros == OPEN ? Optional.empty() : Optional.of(instant(untilMicros));
    }
}
