package dev.meterbook.gateway.stub;

import com.google.protobuf.Timestamp;
import dev.meterbook.proto.type.v1.Money;
import java.math.BigDecimal;
import java.time.Instant;

/** Short ways to write amounts and times. */
final class Texts {

    private Texts() {}

    static Money usd(String amount) {
        return Money.newBuilder().setAmount(amount).setCurrencyCode("USD").build();
    }

    static Money usd(BigDecimal amount) {
        return usd(amount.stripTrailingZeros().toPlainString());
    }

    static Timestamp at(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
