package dev.meterbook.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeriodTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

    @Test
    void knows_its_presets() {
        assertThat(Period.of("this-month", NOW).start()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(Period.of("this-month", NOW).end()).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(Period.of("last-month", NOW).label()).isEqualTo("October 2026");
        assertThat(Period.of("7-days", NOW).start()).isEqualTo("2026-11-17T00:00:00Z");
        assertThat(Period.of("24-hours", NOW).end()).isEqualTo("2026-11-23T11:00:00Z");
        assertThat(Period.of("nonsense", NOW).key()).isEqualTo("this-month");
    }

    @Test
    void divides_time_as_finely_as_a_chart_can_show() {
        assertThat(Period.of("24-hours", NOW).steps()).hasSize(24);
        assertThat(Period.of("this-month", NOW).steps()).hasSize(30);
        assertThat(Period.of("all", NOW).step()).isEqualTo(Period.Step.MONTH);
        assertThat(Period.of("all", NOW).steps()).contains(Instant.parse("2026-11-01T00:00:00Z"));
    }

    @Test
    void takes_two_days_of_ones_own() {
        Period period = Period.between("2026-11-03", "2026-11-03").orElseThrow();

        assertThat(period.start()).isEqualTo("2026-11-03T00:00:00Z");
        assertThat(period.end()).isEqualTo("2026-11-04T00:00:00Z");
        assertThat(period.query()).isEqualTo("period=custom&from=2026-11-03&to=2026-11-03");
        assertThat(Period.between("2026-11-03", "2026-11-02")).isEmpty();
        assertThat(Period.between("2010-01-01", "2026-11-02")).isEmpty();
        assertThat(Period.between("x", "2026-11-02")).isEmpty();
    }
}
