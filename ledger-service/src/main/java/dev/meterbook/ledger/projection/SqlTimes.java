package dev.meterbook.ledger.projection;

import dev.meterbook.kernel.BillingPeriod;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times as the database keeps them: moments to the microsecond, months by their first day. */
public final class SqlTimes {

    private static final long MICROS = 1_000_000;
    private static final long NANOS_OF_MICRO = 1_000;

    private SqlTimes() {}

    /** Microseconds since 1970-01-01T00:00Z. */
    public static long micros(Instant moment) {
        return Math.addExact(
                Math.multiplyExact(moment.getEpochSecond(), MICROS),
                moment.getNano() / NANOS_OF_MICRO);
    }

    /** The moment of a number of microseconds since 1970-01-01T00:00Z. */
    public static Instant ofMicros(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * NANOS_OF_MICRO);
    }

    /** A moment as a parameter. */
    public static OffsetDateTime parameter(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    /** A moment that is never null. */
    public static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A moment that may be null. */
    public static @Nullable Instant momentOrNull(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    /** First day of a period. */
    public static LocalDate firstDay(BillingPeriod period) {
        return period.month().atDay(1);
    }

    /** The period of a first day. */
    public static BillingPeriod period(ResultSet row, String column) throws SQLException {
        LocalDate day = row.getObject(column, LocalDate.class);
        return new BillingPeriod(YearMonth.from(day));
    }
}
