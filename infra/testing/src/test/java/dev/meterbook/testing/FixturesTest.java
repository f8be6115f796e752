package dev.meterbook.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FixturesTest {
    @Test
    void gives_every_test_class_an_empty_database_of_its_own() throws Exception {
        TestDatabase first = PostgresFixture.freshDatabase();
        TestDatabase second = PostgresFixture.freshDatabase();
        assertThat(first.name()).isNotEqualTo(second.name());
        try (Connection connection = first.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table here (id int)");
        }
        try (Connection connection = second.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select to_regclass('here')")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isNull();
        }
    }

    @Test
    void loses_redis_and_gets_it_back_on_the_same_port() throws Exception {
        try (RedisFixture redis = RedisFixture.start()) {
            int port = URI.create(redis.uri()).getPort();
            redis.stop();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class);
            redis.startAgain();
            assertThat(URI.create(redis.uri()).getPort()).isEqualTo(port);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
            }
        }
    }

    @Test
    void moves_the_clock_only_when_told() {
        MutableClock clock = MutableClock.at("2026-01-15T10:00:00Z");
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-15T10:00:00Z"));
        clock.advance(Duration.ofMinutes(90));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-15T11:30:00Z"));
        clock.set(Instant.EPOCH);
        assertThat(clock.millis()).isZero();
    }
}
