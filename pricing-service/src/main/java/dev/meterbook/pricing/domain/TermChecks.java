package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Identifiers;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the terms of a contract that somebody wrote down, as {@link PriceChecks} does with prices:
 * each method answers with the value, which is of use only if nothing was found.
 */
public final class TermChecks {

    /** Discounts of a contract at a time at most. */
    public static final int MAX_DISCOUNTS = 1_000;

    /** Region surcharges of a contract at a time at most. */
    public static final int MAX_SURCHARGES = 100;

    /** Time bands of a contract at a time at most. */
    public static final int MAX_TIME_BANDS = 24;

    private static final int MAX_FACTOR_DIGITS = 4;
    private static final int MAX_RATE_DIGITS = 8;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final String END_OF_DAY = "24:00";
    private static final Pattern TIME = Pattern.compile("[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?");

    private TermChecks() {}

    /** Models that a term is about; empty text means every model. */
    public static ModelPattern models(String text, String path, Findings findings) {
        return text.isEmpty()
                ? ModelPattern.ANY
                : pattern(text, PriceChecks.MAX_MODEL_LENGTH, "INVALID_MODEL", path, findings);
    }

    /** Regions that a term is about. */
    public static ModelPattern regions(String text, String path, Findings findings) {
        return pattern(text, Identifiers.MAX_ID_LENGTH, "INVALID_REGION", path, findings);
    }

    private static ModelPattern pattern(
            String text, int maxLength, String reason, String path, Findings findings) {
        ModelPattern pattern = new ModelPattern(text);
        String name = pattern.isFamily() ? text.substring(0, text.length() - 1) : text;
        boolean isEvery = pattern.isFamily() && name.isEmpty();
        if (!isEvery && !Identifiers.isOpaqueId(name, maxLength)) {
            findings.add(
                    reason,
                    path,
                    text,
                    "a name of up to " + maxLength + " characters, or its beginning and *");
        }
        return pattern;
    }

    /** Percent off. */
    public static BigDecimal discount(String text, String path, Findings findings) {
        BigDecimal percent = PriceChecks.decimal(text, path, findings);
        if (percent.signum() <= 0
                || percent.compareTo(HUNDRED) > 0
                || percent.scale() > MAX_FACTOR_DIGITS) {
            findings.add(
                    "INVALID_DISCOUNT",
                    path,
                    text,
                    "above 0, at most 100, at most 4 digits after the point");
        }
        return percent;
    }

    /** What prices are multiplied with at some time of day. */
    public static BigDecimal multiplier(String text, String path, Findings findings) {
        return PriceChecks.multiplier(text, path, findings);
    }

    /** The zone whose clock counts; empty text is UTC. */
    public static ZoneId zone(String text, String path, Findings findings) {
        try {
            return text.isEmpty() ? ZoneId.of("UTC") : ZoneId.of(text);
        } catch (DateTimeException unknown) {
            findings.add("UNKNOWN_TIME_ZONE", path, text, "a zone such as Europe/Berlin or UTC");
            return ZoneOffset.UTC;
        }
    }

    /** The second of the day at which a band begins. */
    public static int start(String text, String path, Findings findings) {
        return second(text, path, findings);
    }

    /** The second of the day at which a band ends; {@code 24:00} is the end of the day. */
    public static int end(String text, int startSecond, String path, Findings findings) {
        int end = text.equals(END_OF_DAY) ? TimeBand.SECONDS_OF_DAY : second(text, path, findings);
        if (end == startSecond) {
            findings.add("EMPTY_TIME_BAND", path, text, "another time than the start");
        }
        return end;
    }

    private static int second(String text, String path, Findings findings) {
        try {
            if (TIME.matcher(text).matches()) {
                return LocalTime.parse(text).toSecondOfDay();
            }
        } catch (DateTimeParseException noTime) {
            // such as 25:00; told below
        }
        findings.add("INVALID_TIME_OF_DAY", path, text, "a time from 00:00 to 23:59:59");
        return 0;
    }

    /** Each model has at most one discount of a basis, each region and model one surcharge. */
    public static void checkUnique(ContractTerms terms, String path, Findings findings) {
        checkUnique(
                terms.discounts().stream().map(each -> each.basis() + " " + each.models()).toList(),
                "DUPLICATE_DISCOUNT",
                path + ".discounts",
                findings);
        checkUnique(
                terms.surcharges().stream()
                        .map(each -> each.regions() + " " + each.models())
                        .toList(),
                "DUPLICATE_SURCHARGE",
                path + ".region_surcharges",
                findings);
    }

    private static void checkUnique(
            List<String> keys, String reason, String path, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            if (!seen.add(keys.get(i))) {
                findings.add(reason, path + "[" + i + "]", keys.get(i), "each at most once");
            }
        }
    }

    /** An exchange rate. */
    public static BigDecimal rate(String text, String path, Findings findings) {
        Optional<BigDecimal> rate = Decimals.parse(text).map(BigDecimal::stripTrailingZeros);
        boolean isFit =
                rate.isPresent()
                        && rate.get().signum() > 0
                        && rate.get().scale() <= MAX_RATE_DIGITS
                        && rate.get().precision() - rate.get().scale() <= MAX_RATE_DIGITS;
        if (!isFit) {
            findings.add(
                    "INVALID_EXCHANGE_RATE",
                    path,
                    text,
                    "above 0, at most 8 digits before and 8 after the point");
        }
        return rate.orElse(BigDecimal.ONE);
    }
}
