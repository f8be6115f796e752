package dev.meterbook.ledger.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.platform.grpc.Refusal;
import java.time.Instant;

/** Moments of requests. */
final class Moments {

    /** The last second of the year 9999, since 1970-01-01T00:00Z. */
    static final long MAX_SECONDS = 253_402_300_799L;

    private static final int MAX_NANOS = 999_999_999;

    private Moments() {}

    /**
     * A moment from 1970 to 9999.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it is none
     */
    static Instant of(String field, Timestamp time) {
        if (time.getSeconds() < 0
                || time.getSeconds() > MAX_SECONDS
                || time.getNanos() < 0
                || time.getNanos() > MAX_NANOS) {
            throw Refusal.invalid(
                    "INVALID_TIME",
                    field,
                    time.getSeconds() + "s " + time.getNanos() + "ns",
                    "a moment from 1970 to 9999");
        }
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
