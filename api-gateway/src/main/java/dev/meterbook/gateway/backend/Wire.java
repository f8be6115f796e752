package dev.meterbook.gateway.backend;

import com.google.protobuf.Timestamp;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;

/** Amounts and times as messages carry them, to and from Java's. */
public final class Wire {

    private Wire() {}

    /** An amount; an amount without currency is zero dollars. */
    public static Money money(dev.meterbook.proto.type.v1.Money wire) {
        CurrencyCode currency =
                wire.getCurrencyCode().isEmpty()
                        ? CurrencyCode.USD
                        : CurrencyCode.of(wire.getCurrencyCode());
        return new Money(number(wire.getAmount()), currency);
    }

    /** A decimal number; the empty text is zero. */
    public static BigDecimal number(String text) {
        return text.isEmpty()
                ? BigDecimal.ZERO
                : Decimals.parse(text)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "amount: " + text + " (expected: decimal number)"));
    }

    /** A moment. */
    public static Instant instant(Timestamp wire) {
        return Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos());
    }

    /** A moment. */
    public static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /**
     * The last part of a resource's name: {@code monthly} of {@code tenants/acme/budgets/monthly}.
     */
    public static String idOf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The tenant of a resource's name: {@code acme} of {@code tenants/acme/budgets/monthly}. */
    public static String tenantOf(String name) {
        String[] parts = name.split("/", -1);
        return parts.length > 1 && parts[0].equals("tenants") ? parts[1] : "";
    }
}
