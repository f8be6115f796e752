package dev.meterbook.allinone.demo;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Moments on the wire. */
final class Times {

    private Times() {}

    static Timestamp of(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    static Instant of(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
