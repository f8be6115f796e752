package dev.meterbook.budget.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.budget.domain.Window.Calendar;
import dev.meterbook.budget.domain.Window.CalendarUnit;
import dev.meterbook.budget.domain.Window.Rolling;
import dev.meterbook.budget.domain.Window.Span;
import dev.meterbook.budget.domain.Window.Total;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Span span(CalendarUnit unit, ZoneId zone, String moment) {
        return new Calendar(unit, zone).spanAt(Instant.parse(moment));
    }

    private static Span span(String start, String end) {
        return new Span(Instant.parse(start), Instant.parse(end));
    }

    @Test
    void b29_the_day_on_which_the_clock_goes_back_has_25_hours() {
        assertThat(span(CalendarUnit.DAY, BERLIN, "2026-10-25T12:00:00Z"))
                .isEqualTo(span("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"));
    }

    @Test
    void b29_the_day_on_which_the_clock_goes_forward_has_23_hours() {
        assertThat(span(CalendarUnit.DAY, BERLIN, "2026-03-29T12:00:00Z"))
                .isEqualTo(span("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"));
    }

    @Test
    void both_hours_between_two_and_three_are_windows_of_their_own() {
        assertThat(span(CalendarUnit.HOUR, BERLIN, "2026-10-25T00:30:00Z"))
                .isEqualTo(span("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"));
        assertThat(span(CalendarUnit.HOUR, BERLIN, "2026-10-25T01:30:00Z"))
                .isEqualTo(span("2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"));
    }

    @Test
    void an_hour_is_cut_where_the_clock_changes_by_half_an_hour() {
        ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");

        assertThat(span(CalendarUnit.HOUR, lordHowe, "2026-04-04T14:40:00Z"))
                .isEqualTo(span("2026-04-04T14:00:00Z", "2026-04-04T15:00:00Z"));
        assertThat(span(CalendarUnit.HOUR, lordHowe, "2026-04-04T15:10:00Z"))
                .isEqualTo(span("2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z"));
    }

    @Test
    void an_hour_follows_a_time_zone_of_three_quarters() {
        assertThat(span(CalendarUnit.HOUR, ZoneId.of("Asia/Kathmandu"), "2026-05-01T00:00:00Z"))
                .isEqualTo(span("2026-04-30T23:15:00Z", "2026-05-01T00:15:00Z"));
    }

    @Test
    void a_week_begins_on_monday() {
        assertThat(span(CalendarUnit.WEEK, BERLIN, "2026-07-26T21:59:59Z"))
                .isEqualTo(span("2026-07-19T22:00:00Z", "2026-07-26T22:00:00Z"));
    }

    @Test
    void a_month_begins_at_local_midnight() {
        assertThat(span(CalendarUnit.MONTH, BERLIN, "2026-07-31T21:59:59Z"))
                .isEqualTo(span("2026-06-30T22:00:00Z", "2026-07-31T22:00:00Z"));
        assertThat(span(CalendarUnit.MONTH, BERLIN, "2026-07-31T22:00:00Z"))
                .isEqualTo(span("2026-07-31T22:00:00Z", "2026-08-31T22:00:00Z"));
    }

    @Test
    void a_quarter_and_a_year_begin_on_their_first_day() {
        ZoneId utc = ZoneId.of("UTC");
        assertThat(span(CalendarUnit.QUARTER, utc, "2026-06-30T23:59:59Z"))
                .isEqualTo(span("2026-04-01T00:00:00Z", "2026-07-01T00:00:00Z"));
        assertThat(span(CalendarUnit.YEAR, utc, "2028-02-29T12:00:00Z"))
                .isEqualTo(span("2028-01-01T00:00:00Z", "2029-01-01T00:00:00Z"));
    }

    @Test
    void a_day_without_midnight_begins_at_one() {
        assertThat(span(CalendarUnit.DAY, ZoneId.of("Africa/Cairo"), "2026-04-24T10:00:00Z"))
                .isEqualTo(span("2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"));
    }

    @Test
    void a_rolling_window_is_the_sum_of_61_parts_and_ends_with_the_moment() {
        Window day = new Rolling(Duration.ofDays(1));
        Instant moment = Instant.parse("2026-07-02T00:10:00Z");

        List<Long> buckets = day.bucketsAt(moment);

        assertThat(buckets).hasSize(61);
        assertThat(Instant.ofEpochSecond(buckets.getFirst()))
                .isEqualTo(Instant.parse("2026-07-01T00:00:00Z"));
        assertThat(Instant.ofEpochSecond(buckets.getLast()))
                .isEqualTo(Instant.parse("2026-07-02T00:00:00Z"));
        assertThat(day.resetAfter(moment)).isEqualTo(Instant.parse("2026-07-02T00:24:00Z"));
    }

    @Test
    void a_rolling_window_always_ends_now() {
        Instant now = Instant.parse("2026-07-02T00:00:00Z");
        Instant before = Instant.parse("2026-07-01T12:00:00Z");

        assertThat(new Rolling(Duration.ofHours(1)).momentFor(before, now)).isEqualTo(now);
        assertThat(new Calendar(CalendarUnit.DAY, BERLIN).momentFor(before, now)).isEqualTo(before);
    }

    @Test
    void a_total_counts_from_its_start_without_end() {
        Window total = new Total(Instant.parse("2026-07-01T00:00:00Z"));

        assertThat(total.counts(Instant.parse("2026-06-30T23:59:59Z"))).isFalse();
        assertThat(total.counts(Instant.parse("2026-07-01T00:00:00Z"))).isTrue();
        assertThat(total.spanAt(Instant.parse("2030-01-01T00:00:00Z")).end()).isNull();
        assertThat(total.resetAfter(Instant.parse("2030-01-01T00:00:00Z"))).isNull();
    }

    @Test
    void a_window_is_kept_for_seven_days_after_its_end() {
        Window day = new Calendar(CalendarUnit.DAY, ZoneId.of("UTC"));
        Instant call = Instant.parse("2026-07-01T10:00:00Z");

        assertThat(day.keeps(call, Instant.parse("2026-07-08T23:59:59Z"))).isTrue();
        assertThat(day.keeps(call, Instant.parse("2026-07-09T00:00:00Z"))).isFalse();
    }

    @Property
    void every_moment_lies_in_its_own_window(
            @ForAll CalendarUnit unit,
            @ForAll @LongRange(min = 1_400_000_000L, max = 2_200_000_000L) long second) {
        Instant moment = Instant.ofEpochSecond(second);
        for (String zone :
                List.of("UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe")) {
            Span span = new Calendar(unit, ZoneId.of(zone)).spanAt(moment);

            assertThat(moment).isAfterOrEqualTo(span.start());
            assertThat(moment).isBefore(Objects.requireNonNull(span.end()));
        }
    }

    @Property
    void windows_follow_each_other_without_gap(
            @ForAll CalendarUnit unit,
            @ForAll @LongRange(min = 1_400_000_000L, max = 2_200_000_000L) long second) {
        Calendar window = new Calendar(unit, ZoneId.of("Australia/Lord_Howe"));
        Instant end = Objects.requireNonNull(window.spanAt(Instant.ofEpochSecond(second)).end());

        assertThat(window.spanAt(end).start()).isEqualTo(end);
    }
}
