package dev.meterbook.gateway.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A span of time that a page is about, in UTC: full hours from start to end (exclusive).
 *
 * @param key how addresses name it: a preset such as {@code this-month}, or {@code custom}
 * @param label how people name it
 * @param start first moment
 * @param end first moment after it
 */
public record Period(String key, String label, Instant start, Instant end) {

    /** The key of a span between two given days. */
    public static final String CUSTOM = "custom";

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);

    /** The services answer for at most that many days. */
    private static final int MAX_DAYS = 3_660;

    private static final int HOURLY_UP_TO_DAYS = 2;
    private static final int DAILY_UP_TO_DAYS = 92;

    /** How finely a chart of the period divides time. */
    public enum Step {
        /** By hour. */
        HOUR,
        /** By day. */
        DAY,
        /** By calendar month. */
        MONTH
    }

    /**
     * A period to choose.
     *
     * @param key how addresses name it
     * @param label how people name it
     */
    public record Preset(String key, String label) {}

    /** What people may choose from, besides two days of their own. */
    public static final List<Preset> PRESETS =
            List.of(
                    new Preset("24-hours", "Last 24 hours"),
                    new Preset("7-days", "Last 7 days"),
                    new Preset("30-days", "Last 30 days"),
                    new Preset("this-month", "This month"),
                    new Preset("last-month", "Last month"),
                    new Preset("all", "All time"));

    /** The period of a key; this month for unknown ones. */
    public static Period of(String key, Instant now) {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        Instant nextHour = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        return switch (key) {
            case "24-hours" ->
                    new Period(
                            key, "Last 24 hours", nextHour.minus(Duration.ofHours(24)), nextHour);
            case "7-days" -> days(key, "Last 7 days", today.minusDays(6), today.plusDays(1));
            case "30-days" -> days(key, "Last 30 days", today.minusDays(29), today.plusDays(1));
            case "last-month" -> month(key, YearMonth.from(today).minusMonths(1));
            case "all" -> {
                LocalDate earliest = today.minusDays(MAX_DAYS - 10L);
                LocalDate from = earliest.isAfter(FIRST_DAY) ? earliest : FIRST_DAY;
                yield days(key, "All time", from, today.plusDays(2));
            }
            default -> month("this-month", YearMonth.from(today));
        };
    }

    /**
     * The period from a day to a day (inclusive), such as {@code 2026-11-01}; empty if it is none.
     */
    public static Optional<Period> between(String from, String to) {
        try {
            LocalDate first = LocalDate.parse(from);
            LocalDate last = LocalDate.parse(to);
            boolean fits =
                    !first.isBefore(FIRST_DAY)
                            && !last.isBefore(first)
                            && ChronoUnit.DAYS.between(first, last) < MAX_DAYS
                            && last.getYear() < 2100;
            String label = DAY.format(first) + " – " + DAY.format(last);
            return fits
                    ? Optional.of(days(CUSTOM, label, first, last.plusDays(1)))
                    : Optional.empty();
        } catch (DateTimeParseException notADay) {
            return Optional.empty();
        }
    }

    /** How finely a chart divides it. */
    public Step step() {
        long days = Duration.between(start, end).toDays();
        if (days <= HOURLY_UP_TO_DAYS) {
            return Step.HOUR;
        }
        return days <= DAILY_UP_TO_DAYS ? Step.DAY : Step.MONTH;
    }

    /** First day, for a date field. */
    public String firstDay() {
        return start.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** Last day (inclusive), for a date field. */
    public String lastDay() {
        return end.minusNanos(1).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** How an address names it. */
    public String query() {
        return key.equals(CUSTOM)
                ? "period=custom&from=" + firstDay() + "&to=" + lastDay()
                : "period=" + key;
    }

    /** The starts of all steps, in order: what a chart shows along its axis. */
    public List<Instant> steps() {
        return Stream.iterate(start, t -> t.isBefore(end), this::next).toList();
    }

    private Instant next(Instant time) {
        return switch (step()) {
            case HOUR -> time.plus(1, ChronoUnit.HOURS);
            case DAY -> time.plus(1, ChronoUnit.DAYS);
            case MONTH ->
                    YearMonth.from(time.atOffset(ZoneOffset.UTC))
                            .plusMonths(1)
                            .atDay(1)
                            .atStartOfDay()
                            .toInstant(ZoneOffset.UTC);
        };
    }

    private static Period month(String key, YearMonth month) {
        return days(key, MONTH.format(month), month.atDay(1), month.plusMonths(1).atDay(1));
    }

    private static Period days(String key, String label, LocalDate from, LocalDate to) {
        return new Period(
                key,
                label,
                from.atStartOfDay().toInstant(ZoneOffset.UTC),
                to.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
}
