package dev.meterbook.budget.grpc;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.kernel.Money;
import dev.meterbook.platform.grpc.Refusal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads fields of requests; what cannot be taken is refused with the field's name. */
final class Checks {

    /** The longest model name. */
    static final int MAX_MODEL_LENGTH = 128;

    private Checks() {}

    static String opaqueId(String field, String value) {
        if (!Identifiers.isOpaqueId(value)) {
            throw Refusal.invalid("INVALID_ID", field, value, Identifiers.OPAQUE_ID_FORM);
        }
        return value;
    }

    static String opaqueIdOrEmpty(String field, String value) {
        return value.isEmpty() ? value : opaqueId(field, value);
    }

    static String model(String field, String value) {
        if (!Identifiers.isOpaqueId(value, MAX_MODEL_LENGTH)) {
            throw Refusal.invalid(
                    "INVALID_MODEL",
                    field,
                    value,
                    "1 to 128 characters: a letter or digit, then letters, digits and ._:@/-");
        }
        return value;
    }

    static long between(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw Refusal.invalid(
                    "OUT_OF_RANGE", field, Long.toString(value), least + " to " + most);
        }
        return value;
    }

    /**
     * An amount.
     *
     * @param maxDigits digits after the point at most
     * @param below the first amount that is too high
     */
    static Money money(
            String field, dev.meterbook.proto.type.v1.Money value, int maxDigits, long below) {
        CurrencyCode currency =
                CurrencyCode.parse(value.getCurrencyCode())
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                "INVALID_CURRENCY",
                                                field + ".currency_code",
                                                value.getCurrencyCode(),
                                                "ISO 4217 code such as USD"));
        String text = value.getAmount().isEmpty() ? "0" : value.getAmount();
        return Decimals.parse(text)
                .filter(amount -> amount.signum() >= 0)
                .filter(amount -> amount.compareTo(BigDecimal.valueOf(below)) < 0)
                .filter(amount -> amount.stripTrailingZeros().scale() <= maxDigits)
                .map(amount -> new Money(amount, currency))
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "INVALID_AMOUNT",
                                        field + ".amount",
                                        value.getAmount(),
                                        "decimal number from 0, below "
                                                + below
                                                + ", at most "
                                                + maxDigits
                                                + " digits after the point"));
    }

    static Instant moment(String field, Timestamp value) {
        try {
            if (value.getNanos() < 0 || value.getNanos() > 999_999_999) {
                throw new DateTimeException("nanos");
            }
            return Instant.ofEpochSecond(value.getSeconds(), value.getNanos());
        } catch (DateTimeException outOfRange) {
            throw Refusal.invalid(
                    "INVALID_TIME",
                    field,
                    value.getSeconds() + " s " + value.getNanos() + " ns",
                    "a time from year 1 to 9999");
        }
    }

    static java.time.Duration wholeSeconds(
            String field, Duration value, java.time.Duration least, java.time.Duration most) {
        boolean fits =
                value.getNanos() == 0
                        && value.getSeconds() >= least.toSeconds()
                        && value.getSeconds() <= most.toSeconds();
        if (!fits) {
            throw Refusal.invalid(
                    "INVALID_DURATION",
                    field,
                    value.getSeconds() + "." + value.getNanos() + "s",
                    "whole seconds, " + least.toSeconds() + " to " + most.toSeconds());
        }
        return java.time.Duration.ofSeconds(value.getSeconds());
    }
}
