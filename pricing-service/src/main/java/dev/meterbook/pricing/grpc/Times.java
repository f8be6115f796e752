package dev.meterbook.pricing.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.Validity;
import java.time.Instant;

/** Moments on the wire. Microseconds are kept, what is finer is cut off. */
final class Times {

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private Times() {}

    static Timestamp toProto(Instant moment) {
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }

    static Timestamp toProto(long micros) {
        return toProto(Validity.instant(micros));
    }

    /** Microseconds of a moment between the years 2000 and 2200. */
    static long micros(Timestamp moment, String path, Findings findings) {
        boolean inRange =
                moment.getSeconds() >= FIRST.getEpochSecond()
                        && moment.getSeconds() < LAST.getEpochSecond()
                        && moment.getNanos() >= 0
                        && moment.getNanos() < 1_000_000_000;
        if (!inRange) {
            findings.add(
                    "INVALID_TIME",
                    path,
                    moment.getSeconds() + " seconds since 1970",
                    "from " + FIRST + " to " + LAST);
            return 0;
        }
        return moment.getSeconds() * 1_000_000 + moment.getNanos() / 1_000;
    }

    /** A span of time with an open end if none is told. */
    static Validity validity(long fromMicros, Timestamp end, String path, Findings findings) {
        if (end.equals(Timestamp.getDefaultInstance())) {
            return new Validity(fromMicros, Validity.OPEN);
        }
        Validity validity =
                new Validity(fromMicros, micros(end, path + ".effective_end_time", findings));
        if (validity.isEmpty()) {
            findings.add(
                    "EMPTY_VALIDITY",
                    path + ".effective_end_time",
                    Validity.instant(validity.untilMicros()).toString(),
                    "after the first moment");
        }
        return validity;
    }
}
