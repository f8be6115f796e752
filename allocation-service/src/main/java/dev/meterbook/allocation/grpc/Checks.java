package dev.meterbook.allocation.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.platform.grpc.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Checks of single fields: each answers the value, or refuses with INVALID_ARGUMENT. */
final class Checks {

    /** First moment that a request may name. */
    static final Instant FIRST_MOMENT = Instant.parse("2000-01-01T00:00:00Z");

    /** The moment that no request may pass. */
    static final Instant LAST_MOMENT = Instant.parse("2100-01-01T00:00:00Z");

    private static final int MAX_DISPLAY_NAME_LENGTH = 200;
    private static final int MAX_SOUGHT_LENGTH = 128;

    private Checks() {}

    /** An id that Meterbook governs. */
    static String governedId(String field, String value) {
        if (!Identifiers.isName(value)) {
            throw Refusal.invalid("INVALID_ID", field, value, Identifiers.NAME_FORM);
        }
        return value;
    }

    /** An id that the caller chooses. */
    static String opaqueId(String field, String value) {
        if (!Identifiers.isOpaqueId(value)) {
            throw Refusal.invalid("INVALID_ID", field, value, Identifiers.OPAQUE_ID_FORM);
        }
        return value;
    }

    /** A name shown to people. */
    static String displayName(String field, String value) {
        if (value.length() > MAX_DISPLAY_NAME_LENGTH || hasControlCharacter(value)) {
            throw Refusal.invalid(
                    "INVALID_DISPLAY_NAME",
                    field,
                    printable(value),
                    "up to " + MAX_DISPLAY_NAME_LENGTH + " characters without control characters");
        }
        return value;
    }

    /** A text that is looked for. */
    static String sought(String field, String value) {
        if (value.length() > MAX_SOUGHT_LENGTH || hasControlCharacter(value)) {
            throw Refusal.invalid(
                    "INVALID_FILTER_VALUE",
                    field,
                    printable(value),
                    "up to " + MAX_SOUGHT_LENGTH + " characters without control characters");
        }
        return value;
    }

    /** A moment within the century. */
    static Instant moment(String field, Timestamp value) {
        boolean valid =
                value.getSeconds() >= FIRST_MOMENT.getEpochSecond()
                        && value.getSeconds() <= LAST_MOMENT.getEpochSecond()
                        && value.getNanos() >= 0
                        && value.getNanos() < 1_000_000_000;
        if (!valid) {
            throw Refusal.invalid(
                    "TIME_OUT_OF_RANGE",
                    field,
                    value.getSeconds() + " s",
                    FIRST_MOMENT + " to " + LAST_MOMENT);
        }
        return Instant.ofEpochSecond(value.getSeconds(), value.getNanos());
    }

    /** A moment in whole microseconds. */
    static Instant microsecond(String field, Timestamp value) {
        Instant moment = moment(field, value);
        if (!moment.equals(moment.truncatedTo(ChronoUnit.MICROS))) {
            throw Refusal.invalid("TIME_TOO_FINE", field, moment.toString(), "whole microseconds");
        }
        return moment;
    }

    private static boolean hasControlCharacter(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** Control characters would garble the answer. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
