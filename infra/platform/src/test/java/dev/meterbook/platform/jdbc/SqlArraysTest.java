package dev.meterbook.platform.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Columns as PostgreSQL reads them. */
class SqlArraysTest {

    private static final TestDatabase DATABASE = PostgresFixture.freshDatabase();

    private interface Column {
        void bind(SqlArrays arrays) throws SQLException;
    }

    private static Object[] texts(Column column) throws SQLException {
        try (Connection connection = DATABASE.connect();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select array_agg(x::text) from unnest(?) as c (x)");
                Statement zone = connection.createStatement()) {
            zone.execute("set time zone 'UTC'");
            column.bind(new SqlArrays(select));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                Array texts = row.getArray(1);
                return (Object[]) texts.getArray();
            }
        }
    }

    @Test
    void an_amount_keeps_its_value_and_its_scale() throws SQLException {
        String[] amounts = {
            "0",
            "0.00",
            "1",
            "-1",
            "9999",
            "10000",
            "100000000",
            "0.1",
            "0.10",
            "0.0001",
            "0.00001",
            "-0.00000000012",
            "12345.678901",
            "-10000.0001",
            "20000.00000",
            "999999999999999",
            "0.999999999999999",
            "9999999999999990",
            "-123456789012345678901234567890.0123456789"
        };

        assertThat(
                        texts(
                                arrays ->
                                        arrays.amounts(
                                                Stream.of(amounts)
                                                        .map(BigDecimal::new)
                                                        .toArray(BigDecimal[]::new))))
                .containsExactly((Object[]) amounts);
    }

    @Test
    void an_amount_without_its_trailing_zeros_is_the_same_value() throws SQLException {
        BigDecimal[] hundreds = {new BigDecimal("1E+2"), new BigDecimal("-12E+4")};

        assertThat(texts(arrays -> arrays.amounts(hundreds))).containsExactly("100", "-120000");
    }

    @Test
    void a_moment_keeps_its_microseconds() throws SQLException {
        long[] micros =
                Stream.of(
                                "2026-11-01T00:00:00.000001Z",
                                "1970-01-01T00:00:00Z",
                                "1969-12-31T23:59:59.5Z")
                        .mapToLong(
                                it -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(it)))
                        .toArray();

        assertThat(texts(arrays -> arrays.times(micros)))
                .containsExactly(
                        "2026-11-01 00:00:00.000001+00",
                        "1970-01-01 00:00:00+00",
                        "1969-12-31 23:59:59.5+00");
    }

    @Test
    void a_day_is_the_same_day() throws SQLException {
        LocalDate[] days = {LocalDate.of(2026, 11, 1), LocalDate.of(1999, 12, 31)};

        assertThat(texts(arrays -> arrays.dates(days))).containsExactly("2026-11-01", "1999-12-31");
    }

    @Test
    void texts_and_bytes_may_be_missing() throws SQLException {
        String[] texts = {"a", null, ""};
        byte[][] bytes = {{1, (byte) 0xff}, null, {}};

        assertThat(texts(arrays -> arrays.texts(texts))).containsExactly("a", null, "");
        assertThat(texts(arrays -> arrays.bytes(bytes))).containsExactly("\\x01ff", null, "\\x");
    }
}
