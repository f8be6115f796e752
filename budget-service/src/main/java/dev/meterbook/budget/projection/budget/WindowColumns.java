package dev.meterbook.budget.projection.budget;

import dev.meterbook.budget.domain.Window;
import dev.meterbook.budget.domain.Window.CalendarUnit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A window in three columns. */
final class WindowColumns {

    private static final String ROLLING = "ROLLING";
    private static final String TOTAL = "TOTAL";

    private WindowColumns() {}

    static String kind(Window window) {
        return switch (window) {
            case Window.Calendar(CalendarUnit unit, ZoneId _) -> unit.name();
            case Window.Rolling _ -> ROLLING;
            case Window.Total _ -> TOTAL;
        };
    }

    static @Nullable String zone(Window window) {
        return window instanceof Window.Calendar(CalendarUnit _, ZoneId zone) ? zone.getId() : null;
    }

    static @Nullable Long seconds(Window window) {
        return switch (window) {
            case Window.Calendar _ -> null;
            case Window.Rolling(Duration length) -> length.toSeconds();
            case Window.Total(Instant start) -> start.getEpochSecond();
        };
    }

    static Window read(ResultSet row) throws SQLException {
        String kind = row.getString("window_kind");
        return switch (kind) {
            case ROLLING -> new Window.Rolling(Duration.ofSeconds(row.getLong("window_seconds")));
            case TOTAL -> new Window.Total(Instant.ofEpochSecond(row.getLong("window_seconds")));
            default ->
                    new Window.Calendar(
                            CalendarUnit.valueOf(kind), ZoneId.of(row.getString("window_zone")));
        };
    }
}
