package dev.meterbook.budget.domain;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The time over which a budget sums spend. Spend is counted in buckets, named by the second at
 * which they begin: a calendar window is one bucket, a rolling one is the sum of 61.
 */
public sealed interface Window {

    /** Parts of a rolling window. */
    int ROLLING_PARTS = 60;

    /** The longest rolling window. */
    Duration MAX_ROLLING = Duration.ofDays(366);

    /** How long a calendar window is kept after its end. */
    Duration KEPT_AFTER_END = Duration.ofDays(7);

    /** How long a rolling window is kept after its end: clocks of several machines differ. */
    Duration ROLLING_SLACK = Duration.ofMinutes(5);

    /**
     * The stretch of time around a moment.
     *
     * @param start first moment
     * @param end first moment after it; null if it never ends
     */
    record Span(Instant start, @Nullable Instant end) {}

    /**
     * A stretch of the calendar in a time zone.
     *
     * @param unit how long
     * @param zone whose calendar
     */
    record Calendar(CalendarUnit unit, ZoneId zone) implements Window {}

    /**
     * The last minutes, hours or days.
     *
     * @param length whole minutes, from 1 minute to 366 days
     */
    record Rolling(Duration length) implements Window {}

    /**
     * From a moment on, without end.
     *
     * @param start first moment, a whole second
     */
    record Total(Instant start) implements Window {}

    /** Stretches of the calendar. */
    enum CalendarUnit {
        HOUR,
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR
    }

    /** The window that holds a moment. A rolling one ends just with it. */
    default Span spanAt(Instant moment) {
        return switch (this) {
            case Calendar(CalendarUnit unit, ZoneId zone) ->
                    unit == CalendarUnit.HOUR ? hour(moment, zone) : days(unit, zone, moment);
            case Rolling(Duration length) -> new Span(moment.minus(length), moment);
            case Total(Instant start) -> new Span(start, null);
        };
    }

    /** The bucket in which a call is counted that occurs at a moment. */
    default long bucketAt(Instant moment) {
        return switch (this) {
            case Calendar _, Total _ -> spanAt(moment).start().getEpochSecond();
            case Rolling(Duration length) -> floor(moment.getEpochSecond(), part(length));
        };
    }

    /** True if calls of a moment are counted at all: a total has a beginning. */
    default boolean counts(Instant moment) {
        return switch (this) {
            case Calendar _, Rolling _ -> true;
            case Total(Instant start) -> !moment.isBefore(start);
        };
    }

    /** The buckets whose sum is the window that holds a moment; the last one is its own. */
    default List<Long> bucketsAt(Instant moment) {
        return switch (this) {
            case Calendar _, Total _ -> List.of(bucketAt(moment));
            case Rolling(Duration length) -> {
                long part = part(length);
                long last = bucketAt(moment);
                yield LongStream.rangeClosed(0, ROLLING_PARTS)
                        .mapToObj(i -> last - (ROLLING_PARTS - i) * part)
                        .toList();
            }
        };
    }

    /**
     * A name for alerts: two moments with the same one share their alerts. It is the start of the
     * calendar window; for a rolling one, of the stretch of its length counted from 1970.
     */
    default Instant alertStretchAt(Instant moment) {
        return switch (this) {
            case Calendar _, Total _ -> spanAt(moment).start();
            case Rolling(Duration length) ->
                    Instant.ofEpochSecond(floor(moment.getEpochSecond(), length.toSeconds()));
        };
    }

    /** When more may be free than at a moment; null if never. */
    default @Nullable Instant resetAfter(Instant moment) {
        return switch (this) {
            case Calendar _, Total _ -> spanAt(moment).end();
            case Rolling(Duration length) -> Instant.ofEpochSecond(bucketAt(moment) + part(length));
        };
    }

    /**
     * The moment whose window a call is measured against: that of the call; a rolling window always
     * ends now.
     */
    default Instant momentFor(Instant occurTime, Instant now) {
        return this instanceof Rolling ? now : occurTime;
    }

    /** Buckets that begin before this moment are forgotten. */
    default Instant keptFrom(Instant now) {
        return switch (this) {
            case Calendar _ -> spanAt(now.minus(KEPT_AFTER_END)).start();
            case Rolling(Duration length) ->
                    now.minus(length).minusSeconds(part(length)).minus(ROLLING_SLACK);
            case Total(Instant start) -> start;
        };
    }

    /** True if a call that occurred at a moment is still counted. */
    default boolean keeps(Instant moment, Instant now) {
        if (!counts(moment)) {
            return false;
        }
        boolean recent = moment.isAfter(now.minus(KEPT_AFTER_END));
        return (recent && !(this instanceof Rolling))
                || bucketAt(moment) >= keptFrom(now).getEpochSecond();
    }

    private static Span days(CalendarUnit unit, ZoneId zone, Instant moment) {
        LocalDate first = firstDay(unit, LocalDate.ofInstant(moment, zone));
        LocalDate next =
                switch (unit) {
                    case HOUR, DAY -> first.plusDays(1);
                    case WEEK -> first.plusWeeks(1);
                    case MONTH -> first.plusMonths(1);
                    case QUARTER -> first.plusMonths(3);
                    case YEAR -> first.plusYears(1);
                };
        return new Span(first.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
    }

    private static LocalDate firstDay(CalendarUnit unit, LocalDate day) {
        return switch (unit) {
            case HOUR, DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /**
     * The hour of the clock; cut where the clock is changed within it (some zones change by 30
     * min).
     */
    private static Span hour(Instant moment, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(moment);
        long shift = offset.getTotalSeconds();
        long begin = floor(moment.getEpochSecond() + shift, 3600) - shift;
        Instant start = Instant.ofEpochSecond(begin);
        Instant end = Instant.ofEpochSecond(begin + 3600);
        ZoneOffsetTransition before = zone.getRules().previousTransition(moment.plusNanos(1));
        ZoneOffsetTransition after = zone.getRules().nextTransition(moment);
        return new Span(
                before != null && before.getInstant().isAfter(start) ? before.getInstant() : start,
                after != null && after.getInstant().isBefore(end) ? after.getInstant() : end);
    }

    private static long part(Duration length) {
        return length.toSeconds() / ROLLING_PARTS;
    }

    private static long floor(long seconds, long step) {
        return Math.floorDiv(seconds, step) * step;
    }
}
